/**
 * Files on the clipboard that are meant. Word and Excel put a picture of the copied text beside the text: there the text is
 * meant. A file manager puts the file's name beside the file: there the file is.
 */
export function pastedFiles(clipboard: DataTransfer): readonly File[] {
  const files = Array.from(clipboard.files);
  const isOfficeText = clipboard.getData('text/plain').trim() !== '' && clipboard.getData('text/html') !== '';
  return isOfficeText ? [] : files;
}
