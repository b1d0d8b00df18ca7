import type { ChangeEvent } from 'react';
import { FILE_TYPES } from '../../protocol/fileTypes.ts';
import { useActions, useChat } from '../context.ts';

/** Explicit types: with `image/*` an iPhone hands over HEIC, with these it makes a JPEG (USERS §7). */
const ACCEPT = FILE_TYPES.flatMap((type) => [type.mime, ...type.extensions.map((extension) => `.${extension}`)]).join(
  ',',
);

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
