/** What the scripted agent says. Nothing a consumer writes chooses among these: they come in turn. */

export const GREETING =
  'Hello, this is Robin at Meadow & Co. What are you growing? A photo of the place helps, if you have one to hand.';

export const ANSWERS: readonly string[] = [
  'Good question. Our meadow mix is happiest on thin, poor soil with at least four hours of sun.',
  'Five grams to the square metre is plenty. Mix the seed with dry sand and you can see where you have been.',
  'Sow from late August to October, or in April. Rake it in lightly, tread it down, and let the birds have a little.',
  'Mow once in late summer, after the seed has dropped, and take the hay away. That is all the care it needs.',
  'The annuals flower in the first year; the perennials take until the second. It is worth the wait.',
  'I have noted that for you. Is there anything else you would like to know about your meadow?',
];

export const PICTURE_CAPTION = 'Our trial field in May';
export const GUIDE_CAPTION = 'Sowing guide.pdf';
export const GUIDE_HEADING = 'Meadow & Co. - Sowing guide';
export const GUIDE_LINES: readonly string[] = [
  '1.  Choose a sunny place with poor soil. Do not feed it.',
  '2.  Clear the grass and rake the ground to a fine, firm bed.',
  '3.  Mix 5 g of seed per square metre with four parts of dry sand.',
  '4.  Scatter half walking one way, half walking across.',
  '5.  Do not cover the seed. Tread it in and water once.',
  '6.  Mow once a year in late summer and take the hay away.',
  '',
  'Best times: late August to October, or April.',
];
export const UPLOAD_FAILED = 'I wanted to send you something, but it did not go through. Let us go on in words.';

/** Characters of a file's name that are repeated. */
const NAME_LENGTH = 60;

/** A file's name as it may be repeated in a sentence: one line, not too long. */
function nameOf(caption: string): string {
  const line = caption.replaceAll(/[\p{Cc}\p{Cf}\s]+/gu, ' ').trim();
  return line.length > NAME_LENGTH ? `${line.slice(0, NAME_LENGTH - 1)}…` : line;
}

/** Thanks for a file, by its name where it has one. */
export function thanksFor(file: { readonly caption: string; readonly image: boolean }): string {
  const name = nameOf(file.caption);
  const what = file.image ? 'the photo' : 'the document';
  const thanks = name === '' ? `Thank you for ${what}.` : `Thank you for “${name}”.`;
  return `${thanks} ${file.image ? 'What a lovely spot!' : 'I have it open in front of me.'}`;
}
