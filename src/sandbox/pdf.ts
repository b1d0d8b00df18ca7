/** A PDF of one page with a heading and lines of text, in the reader's own Helvetica. ASCII only. */
export function pdfOf(heading: string, lines: readonly string[]): Uint8Array {
  const text = (line: string) => `(${line.replaceAll(/[\\()]/g, '\\$&')}) Tj`;
  const content = [
    'BT /F1 26 Tf 0.18 0.35 0.22 rg 64 740 Td',
    text(heading),
    'ET BT /F1 13 Tf 0.15 0.15 0.15 rg 64 696 Td 22 TL',
    ...lines.map((line) => `${text(line)} T*`),
    'ET',
  ].join('\n');
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
    `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
  ];
  let file = '%PDF-1.4\n';
  const offsets = objects.map((object, index) => {
    const offset = file.length;
    file += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return offset;
  });
  const table = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  const size = objects.length + 1;
  file += `xref\n0 ${size}\n0000000000 65535 f \n${table}trailer\n<< /Size ${size} /Root 1 0 R >>\n`;
  // The cross-reference table's own place closes the file.
  file += `startxref\n${file.indexOf('xref\n0 ')}\n%%EOF\n`;
  return new TextEncoder().encode(file);
}
