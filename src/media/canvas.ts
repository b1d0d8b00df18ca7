/** Width and height in pixels. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** What can be drawn. */
export type Drawable = ImageBitmap | HTMLCanvasElement;

/** The size whose long edge is `edge`, no side without a pixel; a smaller one stays as it is. */
export function fitted({ width, height }: Size, edge: number): Size {
  const scale = Math.min(1, edge / Math.max(width, height));
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}

/** Lends a canvas to a job and takes its memory back: a canvas that is only forgotten keeps it until the next collection. */
export async function onCanvas<T>(job: (canvas: HTMLCanvasElement) => T | Promise<T>): Promise<T> {
  const canvas = document.createElement('canvas');
  try {
    return await job(canvas);
  } finally {
    canvas.width = 0;
    canvas.height = 0;
  }
}

/**
 * Draws on a canvas of this size, white under what is see-through unless `clear`: JPEG has no transparency, and black it
 * would be otherwise. Throws where the browser has no memory for the canvas.
 */
export function paint(
  canvas: HTMLCanvasElement,
  image: Drawable,
  { width, height }: Size,
  clear = false,
): CanvasRenderingContext2D {
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('this browser draws nothing');
  if (!clear) {
    context.fillStyle = '#fff';
    context.fillRect(0, 0, width, height);
  }
  context.imageSmoothingQuality = 'high';
  context.drawImage(image, 0, 0, width, height);
  return context;
}

/** The canvas as a file. Rejects when the browser cannot encode this type or has no memory for it. */
export function encoded(canvas: HTMLCanvasElement, type: 'image/jpeg' | 'image/png', quality?: number): Promise<Blob> {
  return new Promise((resolve, reject) => {
    const rest = animate();
    // A browser that cannot encode a type answers with a PNG.
    const take = (blob: Blob | null) => {
      rest();
      if (blob?.type === type) resolve(blob);
      else reject(new Error(`this browser makes no ${type} of it`));
    };
    canvas.toBlob(take, type, quality);
  });
}

/**
 * Asks for frame after frame until the returned function is called. Chromium encodes a canvas on the page's own thread when that
 * is idle: for 50 ms at a time where no frame is due, and no longer than until the next one where one is.
 */
function animate(): () => void {
  let frame = 0;
  const again = () => {
    frame = requestAnimationFrame(again);
  };
  again();
  return () => cancelAnimationFrame(frame);
}
