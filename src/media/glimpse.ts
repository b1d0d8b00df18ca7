import { fitted, onCanvas, type Size } from './canvas.ts';
import type { Orientation } from './exif.ts';
import type { Inspection } from './inspect.ts';

/** Long edge in pixels of what is shown. */
const EDGE = 320;
const QUALITY = 0.75;

/**
 * The small view that the camera embedded, as a JPEG data URL: turned like the image, its black bars cut off, visible long
 * before the image itself is decoded (IMAGES §5). Only to be looked at until then, never to be sent: it may show what was cut
 * off an edited photo. Null when there is none or it cannot be decoded; never rejects.
 */
export function glimpse(blob: Blob, inspection: Inspection): Promise<string | null> {
  return glimpseOf(blob, inspection).catch(() => null);
}

async function glimpseOf(blob: Blob, inspection: Inspection): Promise<string | null> {
  const { thumbnail, width, height, orientation } = inspection;
  if (thumbnail === null || width === null || height === null) return null;
  const view = await createImageBitmap(blob.slice(thumbnail.from, thumbnail.to, 'image/jpeg'), {
    imageOrientation: 'none',
  });
  try {
    return await onCanvas((canvas) => drawn(canvas, view, { width, height }, orientation));
  } finally {
    view.close();
  }
}

function drawn(canvas: HTMLCanvasElement, view: ImageBitmap, shown: Size, orientation: Orientation): string | null {
  const { width, height } = fitted(shown, EDGE);
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext('2d');
  if (context === null) return null;
  context.setTransform(...turn(orientation, width, height));
  const [across, down] = orientation >= 5 ? [height, width] : [width, height];
  // A 4:3 view of a 16:9 photo has bars: only its middle is the photo.
  const scale = Math.min(view.width / across, view.height / down);
  const [w, h] = [across * scale, down * scale];
  context.drawImage(view, (view.width - w) / 2, (view.height - h) / 2, w, h, 0, 0, across, down);
  return canvas.toDataURL('image/jpeg', QUALITY);
}

/** Canvas transform that draws stored pixels upright on a canvas of the size shown. */
function turn(
  orientation: Orientation,
  width: number,
  height: number,
): [number, number, number, number, number, number] {
  switch (orientation) {
    case 1:
      return [1, 0, 0, 1, 0, 0];
    case 2:
      return [-1, 0, 0, 1, width, 0];
    case 3:
      return [-1, 0, 0, -1, width, height];
    case 4:
      return [1, 0, 0, -1, 0, height];
    case 5:
      return [0, 1, 1, 0, 0, 0];
    case 6:
      return [0, 1, -1, 0, width, 0];
    case 7:
      return [0, -1, -1, 0, width, height];
    case 8:
      return [0, -1, 1, 0, 0, height];
  }
}
