/** An image type that the service does not take (PROTOCOL §8): it is made JPEG or PNG where the browser can decode it. */
export interface ConvertedType {
  /** The word that `media/inspect` has for its content. */
  readonly found: 'heic' | 'webp' | 'avif' | 'bmp';
  readonly mime: string;
  readonly extensions: readonly string[];
}

export const CONVERTED_TYPES: readonly ConvertedType[] = [
  { found: 'heic', mime: 'image/heic', extensions: ['heic', 'heif'] },
  { found: 'webp', mime: 'image/webp', extensions: ['webp'] },
  { found: 'avif', mime: 'image/avif', extensions: ['avif'] },
  { found: 'bmp', mime: 'image/bmp', extensions: ['bmp', 'dib'] },
];

/** The row for what was found in a file, or undefined. */
export function convertedTypeOf(found: string | null): ConvertedType | undefined {
  return CONVERTED_TYPES.find((type) => type.found === found);
}
