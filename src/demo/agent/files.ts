import { DROPPED, FailureError, refused } from '../../protocol/failure.ts';
import { DEFAULT_LIMITS, FILE_TYPES, type FileType } from '../../protocol/fileTypes.ts';
import { signedUrl } from '../../protocol/http.ts';
import type { HostedFile, SignedPath } from '../../protocol/types.ts';

/** Type of a file an agent picked, or a sentence that says why it cannot be sent. */
export function checkedType(file: { name: string; size: number }): FileType | string {
  const extension = file.name.slice(file.name.lastIndexOf('.') + 1).toLowerCase();
  const type = FILE_TYPES.find((one) => one.extensions.includes(extension));
  if (!type) return `${file.name} cannot be sent. Photos, PDF, Word, Excel, PowerPoint and text files can.`;
  if (file.size === 0) return `${file.name} is empty.`;
  const limit = DEFAULT_LIMITS[type.kind];
  return file.size > limit ? `${file.name} is larger than ${limit / 1_000_000} MB.` : type;
}

/** What a file is called on the page: what its sender wrote, else the last part of its path. */
export function nameOf(file: HostedFile): string {
  return file.caption || file.relativePath.slice(file.relativePath.lastIndexOf('/') + 1);
}

async function fetched(url: string, init?: RequestInit): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(url, init);
  } catch {
    throw new FailureError(DROPPED);
  }
  if (!response.ok) throw new FailureError(refused(response.status, response.statusText));
  return response;
}

/** PUTs a file to the object store at origin `swift`. Rejects with `FailureError`. */
export async function put(swift: string, to: SignedPath, file: Blob): Promise<void> {
  await fetched(signedUrl(swift, to), { method: 'PUT', body: file });
}

/** GETs a file from a signed address. Rejects with `FailureError`. */
export async function get(url: string): Promise<Blob> {
  return (await fetched(url)).blob();
}

/** Hands a blob to the person as a download of that name. */
export function save(blob: Blob, name: string): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The browser reads the address after this task; a minute is ample on any machine.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
