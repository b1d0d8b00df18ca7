import { useLayoutEffect, useMemo, useState } from 'react';
import { type Preview, readPreview } from './preview.ts';

/** The preview in a data URL, read once. */
export function useReadPreview(dataUrl: string | null): Preview | null {
  return useMemo(() => (dataUrl === null ? null : readPreview(dataUrl)), [dataUrl]);
}

/** An address of the bytes for as long as they are shown; made before the first paint. */
function useObjectUrl(blob: Blob | null): string | null {
  const [url, setUrl] = useState<string | null>(null);
  useLayoutEffect(() => {
    if (!blob) return setUrl(null);
    const made = URL.createObjectURL(blob);
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [blob]);
  return url;
}

interface PreviewImageProps {
  readonly preview: Preview | null;
  readonly alt: string;
  readonly className?: string;
}

/** Shows a preview's bytes and never its words: they become a `blob:` of a raster type. Nothing where there is none. */
export function PreviewImage({ preview, alt, className }: PreviewImageProps) {
  const url = useObjectUrl(preview?.blob ?? null);
  return url && <img className={className} src={url} alt={alt} draggable={false} />;
}
