import { useEffect, useMemo, useRef, useState } from 'react';
import type { Message } from '../../model/message.ts';
import type { HostedFile } from '../../protocol/types.ts';
import { downloadOf } from '../../store/selectors.ts';
import { useActions, useChat, useChatState } from '../context.ts';
import { useNameOf } from '../names.ts';
import { useViewWords } from '../viewWords.tsx';
import { NotLoaded } from './NotLoaded.tsx';
import { Tile } from './Tile.tsx';

/** How near to the viewport a photo asks for its file. */
const NEAR = '300px 0px';

/** The address to show: once an image has loaded it stays, so that a renewed signature does not fetch it again. */
export function usePhotoAddress(path: string) {
  const { now } = useChat();
  const download = useChatState(downloadOf(path));
  const [loaded, setLoaded] = useState<string | null>(null);
  // An address that had aged before anybody looked is not tried; one that ages while it loads is left in peace.
  const given = useMemo(
    () => (download?.at === 'ready' && download.expires > now() ? download.url : null),
    [download, now],
  );
  const address = loaded ?? given;
  return {
    address,
    loaded: loaded !== null,
    failed: loaded === null && download?.at === 'failed',
    onLoad: () => setLoaded(address),
  };
}

interface PhotoProps {
  readonly message: Message;
  readonly file: HostedFile;
  readonly name: string;
  readonly caption: string;
  readonly width: number | null;
  readonly height: number | null;
}

/** A stored photo: its preview at once, the real file over it when that has come. */
export function Photo({ message, file, name, caption, width, height }: PhotoProps) {
  const words = useViewWords();
  const actions = useActions();
  const path = file.relativePath;
  const sender = useNameOf(message);
  const who = message.mine ? null : sender;
  const alt = words.photoAlt(who, caption || name);
  const button = useRef<HTMLButtonElement>(null);
  const { address, loaded, failed, onLoad } = usePhotoAddress(path);

  useEffect(() => {
    const node = button.current;
    // What has failed is asked for again by the consumer, not by scrolling past it.
    if (!node || loaded || failed) return;
    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.some((entry) => entry.isIntersecting)) actions.wantFile(path);
      },
      { root: node.closest('.scroller'), rootMargin: NEAR },
    );
    observer.observe(node);
    return () => observer.disconnect();
  }, [path, loaded, failed, actions]);

  function again() {
    // The button that was pressed goes.
    button.current?.focus({ preventScroll: true });
    actions.wantFile(path);
  }

  return (
    <Tile
      name={name}
      preview={file.preview}
      width={width}
      height={height}
      caption={caption}
      alt={address === null ? alt : ''}
      dimmed={failed}
    >
      {address !== null && (
        <img
          className="photo-real"
          data-loaded={loaded}
          key={address}
          src={address}
          alt={alt}
          crossOrigin="anonymous"
          referrerPolicy="no-referrer"
          decoding="async"
          draggable={false}
          onLoad={onLoad}
          onError={() => actions.imageFailed(path)}
        />
      )}
      <button
        type="button"
        className="photo-open"
        ref={button}
        aria-label={words.openPhoto(who, caption || name)}
        onClick={() => actions.showLightbox(message.id)}
      />
      {failed && <NotLoaded what={words.photoNotLoaded(name)} onAgain={again} />}
    </Tile>
  );
}
