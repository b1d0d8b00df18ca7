/** What a paste brings beside its text. */
export interface Pasted {
  /** Files that are meant. */
  readonly files: readonly File[];
  /** Pictures that came with text which is meant, and may be wanted too. */
  readonly beside: readonly File[];
}

/** What browsers call a picture that has no name, such as a screenshot. */
const NAMELESS = /^(?:image\.(?:png|jpe?g|gif))?$/i;

/** The file under a name that says when; two of one paste are told apart by a number. */
function named(file: File, index: number, name: string): File {
  if (!NAMELESS.test(file.name)) return file;
  const ending = /^image\/(png|jpeg|gif)$/.exec(file.type)?.[1]?.replace('jpeg', 'jpg');
  const base = index === 0 ? name : `${name} ${index + 1}`;
  return new File([file], ending ? `${base}.${ending}` : base, { type: file.type, lastModified: file.lastModified });
}

/**
 * Files on the clipboard. Word and Excel put a picture of the copied text beside the text: there the text is meant, and the
 * picture beside it. A file manager puts the file's name beside the file: there the file is meant.
 * @param name for pictures that have none, without an ending
 */
export function pasted(clipboard: DataTransfer, name: string): Pasted {
  const files = Array.from(clipboard.files, (file, index) => named(file, index, name));
  const isOfficeText = clipboard.getData('text/plain').trim() !== '' && clipboard.getData('text/html') !== '';
  return isOfficeText ? { files: [], beside: files } : { files, beside: [] };
}
