/** What to paint. */
export interface Painting {
  readonly width: number;
  readonly height: number;
  readonly type: string;
}

/**
 * Runs in the page; sees nothing of this module but itself. Paints, always the same: as a JPEG what a camera might see, a sky
 * with thousands of soft and hard shapes under a sensor's noise; as a PNG a screen full of text. Gives it in base64.
 */
export async function paintPicture({ width, height, type }: Painting): Promise<string> {
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('this browser draws nothing');
  let seed = 1;
  const random = () => {
    seed = (seed * 48271) % 0x7fffffff;
    return seed / 0x7fffffff;
  };

  function paintPhoto(c: OffscreenCanvasRenderingContext2D): void {
    const sky = c.createLinearGradient(0, 0, width, height);
    sky.addColorStop(0, '#6a93c8');
    sky.addColorStop(0.6, '#d8c7a0');
    sky.addColorStop(1, '#3c5a36');
    c.fillStyle = sky;
    c.fillRect(0, 0, width, height);
    for (let n = 0; n < 4000; n += 1) {
      c.fillStyle = `hsl(${random() * 360} ${20 + random() * 50}% ${20 + random() * 60}% / ${0.1 + random() * 0.5})`;
      c.beginPath();
      const radius = (0.002 + 0.03 * random() ** 3) * width;
      c.ellipse(random() * width, random() * height, radius, radius * (0.1 + random()), random() * 3, 0, 7);
      c.fill();
    }
    paintNoise(c);
  }

  /** Sums of random numbers are nearly normal; around the middle grey, which an overlay leaves as it is. */
  function paintNoise(c: OffscreenCanvasRenderingContext2D): void {
    const side = 512;
    const tile = new OffscreenCanvas(side, side);
    const grain = new ImageData(side, side);
    for (let at = 0; at < grain.data.length; at += 1)
      grain.data[at] = at % 4 === 3 ? 255 : 128 + (random() + random() + random() + random() - 2) * 14;
    tile.getContext('2d')?.putImageData(grain, 0, 0);
    c.globalCompositeOperation = 'overlay';
    c.fillStyle = c.createPattern(tile, 'repeat') ?? '';
    c.fillRect(0, 0, width, height);
  }

  function paintScreen(c: OffscreenCanvasRenderingContext2D): void {
    c.fillStyle = '#f6f6f4';
    c.fillRect(0, 0, width, height);
    for (let y = 40; y < height; y += 22) {
      c.fillStyle = random() < 0.1 ? '#1b5e9b' : '#222';
      c.font = `${12 + Math.floor(random() * 6)}px sans-serif`;
      let line = '';
      while (line.length < width / 14) line += `${Math.floor(random() * 1e9).toString(36)} `;
      c.fillText(line, 30, y);
    }
  }

  if (type === 'image/jpeg') paintPhoto(context);
  else paintScreen(context);
  const blob = await canvas.convertToBlob({ type, quality: 0.92 });
  const reader = new FileReader();
  reader.readAsDataURL(blob);
  await new Promise((resolve) => reader.addEventListener('load', resolve));
  return String(reader.result).split(',')[1] ?? '';
}
