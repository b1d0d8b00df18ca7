import { useEffect, useState } from 'react';
import type { HostedFile } from '../../protocol/types.ts';
import type { Desk } from './desk.ts';
import { nameOf } from './files.ts';
import { Icon } from './Icon.tsx';

type Full =
  | { readonly at: 'asking' | 'failed' }
  /** `second`: the first address did not work, and this is the one that was asked for in its place. */
  | { readonly at: 'known'; readonly url: string; readonly second: boolean };

/** A photo: its preview at once, the file itself as soon as it has an address. */
export function HostedImage({ desk, file }: { desk: Desk; file: HostedFile }) {
  const [full, setFull] = useState<Full>({ at: 'asking' });
  const ask = (second: boolean, live: () => boolean = () => true) => {
    desk.address(file.relativePath, second).then(
      (url) => live() && setFull({ at: 'known', url, second }),
      () => live() && setFull({ at: 'failed' }),
    );
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked for once per file; `ask` is new at every render.
  useEffect(() => {
    let live = true;
    ask(false, () => live);
    return () => {
      live = false;
    };
  }, [file.relativePath]);

  const src = full.at === 'known' ? full.url : file.preview;
  return (
    <div className="hosted">
      {src === null ? (
        <div className="blank" />
      ) : (
        <img
          src={src}
          alt={nameOf(file)}
          // Asked for as a script would: an answer without CORS headers, once cached, fails whoever needs them later.
          crossOrigin="anonymous"
          data-full={full.at === 'known'}
          onError={() => {
            if (full.at === 'known' && !full.second) ask(true);
            else setFull({ at: 'failed' });
          }}
        />
      )}
      {full.at === 'failed' ? (
        <button type="button" className="again" onClick={() => ask(true)}>
          Photo not loaded · Try again
        </button>
      ) : (
        <button
          type="button"
          className="round save"
          aria-label={`Download ${nameOf(file)}`}
          onClick={() => desk.save(file)}
        >
          <Icon name="download" />
        </button>
      )}
    </div>
  );
}
