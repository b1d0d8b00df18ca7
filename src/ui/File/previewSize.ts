/** Pixel size of a data URL image, read from its header so that a bubble has its height before the image is decoded. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Base64 characters that are enough for the header of any preview. */
const HEADER = 16_384;

function bytesOf(dataUrl: string): Uint8Array | null {
  const comma = dataUrl.indexOf(',');
  const part = dataUrl.slice(comma + 1, comma + 1 + HEADER);
  try {
    return Uint8Array.from(atob(part.slice(0, part.length - (part.length % 4))), (c) => c.charCodeAt(0));
  } catch {
    return null;
  }
}

/** Start-of-frame markers carry the size; C4, C8 and CC are others. */
function isFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
}

function jpegSize(view: DataView): Size | null {
  let at = 2;
  while (at + 9 < view.byteLength) {
    if (view.getUint8(at) !== 0xff) return null;
    if (isFrame(view.getUint8(at + 1))) return { height: view.getUint16(at + 5), width: view.getUint16(at + 7) };
    at += 2 + view.getUint16(at + 2);
  }
  return null;
}

/** JPEG, PNG and GIF; null for anything else, damaged or without extent. */
export function previewSize(dataUrl: string): Size | null {
  const bytes = bytesOf(dataUrl);
  if (!bytes || bytes.length < 24) return null;
  const view = new DataView(bytes.buffer);
  const magic = view.getUint32(0);
  let size: Size | null = null;
  if (magic === 0x89504e47) size = { width: view.getUint32(16), height: view.getUint32(20) };
  else if (magic >>> 8 === 0x474946) size = { width: view.getUint16(6, true), height: view.getUint16(8, true) };
  else if (magic >>> 16 === 0xffd8) size = jpegSize(view);
  return size && size.width > 0 && size.height > 0 ? size : null;
}
