import { signedUrl } from '../../protocol/http.ts';
import type { HostedFile, SignedPath } from '../../protocol/types.ts';
import type { AgentLink } from './agentLink.ts';
import { get, nameOf, save } from './files.ts';

export interface Downloads {
  /** Address of a file for `<img>`; `fresh` asks for a new one although the last has not run out. Rejects with `FailureError`. */
  address(relativePath: string, fresh?: boolean): Promise<string>;
  /** Fetches a file and hands it to the person. Rejects with `FailureError`. */
  save(file: HostedFile): Promise<void>;
}

/** ms. An address this close to its end is not handed out. */
const MARGIN = 5_000;

/** Download addresses, asked for once and kept in memory until they run out (PROTOCOL §8.3: about a minute). */
export function startDownloads(link: () => AgentLink, swift: () => string | null): Downloads {
  const known = new Map<string, { url: string; expires: number }>();

  async function address(relativePath: string, fresh = false): Promise<string> {
    const last = known.get(relativePath);
    if (last && !fresh && last.expires - MARGIN > Date.now()) return last.url;
    const at: SignedPath = await link().request('.ams.ms.GenerateURLForDownloadFile', { relativePath });
    const url = signedUrl(swift() ?? '', at);
    known.set(relativePath, { url, expires: (at.expires ?? 0) * 1000 });
    return url;
  }

  return {
    address,
    save: async (file) => save(await get(await address(file.relativePath)), downloadName(file)),
  };
}

/** A caption may be any sentence; on disk the file needs the ending of its type. */
function downloadName(file: HostedFile): string {
  const name = nameOf(file).replace(/[\\/:*?"<>|\p{Cc}]/gu, '_');
  const ending = `.${file.fileType.toLowerCase()}`;
  const right = file.fileType === 'JPG' ? /\.jpe?g$/i : null;
  return right?.test(name) || name.toLowerCase().endsWith(ending) || ending === '.' ? name : name + ending;
}
