import { MAX_PREVIEW_CHARACTERS } from '../../protocol/fileTypes.ts';

/** Longest edge in pixels and JPEG quality, from the best that may fit to what surely does. */
const STEPS: readonly (readonly [edge: number, quality: number])[] = [
  [320, 0.72],
  [240, 0.66],
  [180, 0.6],
  [120, 0.5],
  [64, 0.4],
];

/** A small JPEG of an image as data URL of at most 30 000 characters; null where the browser cannot decode it. */
export async function previewOf(image: Blob): Promise<string | null> {
  let bitmap: ImageBitmap;
  try {
    bitmap = await createImageBitmap(image);
  } catch {
    return null;
  }
  try {
    for (const [edge, quality] of STEPS) {
      const url = drawn(bitmap, edge, quality);
      if (url !== null && url.length <= MAX_PREVIEW_CHARACTERS) return url;
    }
    return null;
  } finally {
    bitmap.close();
  }
}

function drawn(bitmap: ImageBitmap, edge: number, quality: number): string | null {
  const scale = Math.min(1, edge / Math.max(bitmap.width, bitmap.height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(bitmap.width * scale));
  canvas.height = Math.max(1, Math.round(bitmap.height * scale));
  const pen = canvas.getContext('2d');
  if (!pen) return null;
  // JPEG has no transparency; without this it turns black.
  pen.fillStyle = '#fff';
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  return canvas.toDataURL('image/jpeg', quality);
}
