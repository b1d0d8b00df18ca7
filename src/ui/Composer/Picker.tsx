import type { ChangeEvent } from 'react';
import { CONVERTED_TYPES } from '../../protocol/convertedTypes.ts';
import { FILE_TYPES } from '../../protocol/fileTypes.ts';
import { useActions, useChat } from '../context.ts';

/**
 * Explicit types, and HEIC not among them: so an iPhone hands over a JPEG, with `image/*` it would be HEIC (USERS §7). What
 * another device has in HEIC can be dropped.
 */
const ACCEPT = [...FILE_TYPES, ...CONVERTED_TYPES.filter(({ found }) => found !== 'heic')]
  .flatMap((type) => [type.mime, ...type.extensions.map((extension) => `.${extension}`)])
  .join(',');

/** The hidden input behind "Attach files" and "Choose another". */
export function Picker() {
  const { picker } = useChat();
  const actions = useActions();

  function onChange(event: ChangeEvent<HTMLInputElement>) {
    const files = Array.from(event.target.files ?? []);
    // The same file can be picked again: it would be no change otherwise.
    event.target.value = '';
    if (files.length > 0) actions.attach(files);
  }

  return (
    <input
      type="file"
      className="picker"
      ref={picker}
      multiple
      accept={ACCEPT}
      hidden
      tabIndex={-1}
      onChange={onChange}
    />
  );
}
