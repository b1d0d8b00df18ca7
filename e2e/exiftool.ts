import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A file by name; the ending says what it is. */
export interface NamedBytes {
  readonly name: string;
  readonly bytes: Buffer;
}

/** True where ExifTool is installed, else why it cannot be used, in one line. */
export function exiftoolAvailable(): true | string {
  if (spawnSync('exiftool', ['-ver']).status === 0) return true;
  return 'ExifTool is not installed: `apt-get install --no-install-recommends libimage-exiftool-perl` (Debian, Ubuntu)';
}

function exiftool(args: readonly string[]): string {
  const { status, stdout, stderr, error } = spawnSync('exiftool', args, { encoding: 'utf8', maxBuffer: 1 << 28 });
  if (error) throw error;
  if (status !== 0) throw new Error(`exiftool ended with ${status}: ${stderr}`);
  return stdout;
}

function inFolder<T>(files: readonly NamedBytes[], work: (paths: string[]) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'attache-exiftool-'));
  try {
    const paths = files.map(({ name, bytes }) => {
      const path = join(folder, name);
      writeFileSync(path, bytes);
      return path;
    });
    return work(paths);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The file with tags written into it, such as `-GPSLatitude=48.8`. Throws where its format cannot hold one of them. */
export function annotated(file: NamedBytes, tags: readonly string[]): NamedBytes {
  return inFolder([file], ([path = '']) => {
    exiftool(['-q', '-n', '-overwrite_original', ...tags, path]);
    return { ...file, bytes: readFileSync(path) };
  });
}

/**
 * What the formats themselves and their decoders need, as `group:tag` of ExifTool. Of what a camera or an editor may write,
 * only how the picture is turned.
 */
const NEEDED = [
  /^(SourceFile$|ExifTool:|System:|ICC|Adobe:)/,
  /^File:(FileType|FileTypeExtension|MIMEType|ExifByteOrder|ImageWidth|ImageHeight|EncodingProcess|BitsPerSample|ColorComponents|YCbCrSubSampling)$/,
  /^JFIF:(JFIFVersion|ResolutionUnit|XResolution|YResolution)$/,
  /^PNG:(ImageWidth|ImageHeight|BitDepth|ColorType|Compression|Filter|Interlace|SRGBRendering|Gamma)$/,
  /^GIF:(GIFVersion|ImageWidth|ImageHeight|HasColorMap|ColorResolutionDepth|BitsPerPixel|BackgroundColor|FrameCount)$/,
  /^Composite:(ImageSize|Megapixels)$/,
  /^IFD0:Orientation$/,
];

/** Of each file the tags that ExifTool finds and no decoder needs, as `group:tag`. */
export function needlessTags(files: readonly NamedBytes[]): string[][] {
  return inFolder(files, (paths) => {
    const told = JSON.parse(exiftool(['-json', '-G1', '-a', '-u', ...paths])) as Record<string, unknown>[];
    return told.map((tags) => Object.keys(tags).filter((tag) => !NEEDED.some((needed) => needed.test(tag))));
  });
}
