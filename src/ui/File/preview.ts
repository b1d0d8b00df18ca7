/** A preview that may be shown: its bytes under the type they have, and its size in pixels. */
export interface Preview {
  readonly blob: Blob;
  readonly width: number;
  readonly height: number;
}

interface Raster {
  readonly mime: string;
  readonly width: number;
  readonly height: number;
}

/** Characters; twice what the protocol allows is tolerated from others (PROTOCOL §8.4). */
const MAX_CHARACTERS = 65_536;
/** A small file can claim a picture that takes seconds to decode (USERS §3.3). */
const MAX_PIXELS = 1_048_576;
const DATA_URL = /^data:(image\/(?:jpeg|png|gif));base64,/;

function bytesOf(base64: string): Uint8Array<ArrayBuffer> | null {
  let text: string;
  try {
    text = atob(base64);
  } catch {
    return null;
  }
  // A loop: `Uint8Array.from` with a function takes ten times as long, and every photo that is scrolled to comes through here.
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at += 1) bytes[at] = text.charCodeAt(at);
  return bytes;
}

/** Start-of-frame markers carry the size; C4, C8 and CC are others. */
function isFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
}

function jpegOf(view: DataView): Raster | null {
  let at = 2;
  while (at + 9 <= view.byteLength && view.getUint8(at) === 0xff) {
    if (isFrame(view.getUint8(at + 1)))
      return { mime: 'image/jpeg', height: view.getUint16(at + 5), width: view.getUint16(at + 7) };
    at += 2 + view.getUint16(at + 2);
  }
  return null;
}

/** What the bytes are, by their magic; null for anything but a JPEG, PNG or GIF with a whole header. */
function rasterOf(view: DataView): Raster | null {
  if (view.byteLength < 10) return null;
  if (view.getUint16(0) === 0xffd8) return jpegOf(view);
  if (view.getUint32(0) === 0x47494638)
    return { mime: 'image/gif', width: view.getUint16(6, true), height: view.getUint16(8, true) };
  if (view.getUint32(0) === 0x89504e47 && view.byteLength >= 24)
    return { mime: 'image/png', width: view.getUint32(16), height: view.getUint32(20) };
  return null;
}

/**
 * The preview in a data URL, or null where it must not be shown: another form than `data:image/(jpeg|png|gif);base64,`,
 * longer than 64 KB, bytes of another type than it says, or more than a megapixel (docs/PROTOCOL D4).
 */
export function readPreview(dataUrl: string): Preview | null {
  const [prefix, mime] = DATA_URL.exec(dataUrl) ?? [];
  if (prefix === undefined || dataUrl.length > MAX_CHARACTERS) return null;
  const bytes = bytesOf(dataUrl.slice(prefix.length));
  const raster = bytes && rasterOf(new DataView(bytes.buffer));
  if (!raster || raster.mime !== mime) return null;
  const { width, height } = raster;
  if (width === 0 || height === 0 || width * height > MAX_PIXELS) return null;
  return { blob: new Blob([bytes], { type: raster.mime }), width, height };
}
