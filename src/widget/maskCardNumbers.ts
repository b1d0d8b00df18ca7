/** 13 to 19 digits, with single spaces or hyphens between them, that are no part of a longer number. */
const CANDIDATE = /(?<!\d)(?<!\d[ -])\d(?:[ -]?\d){12,18}(?![ -]?\d)/g;

/** The checksum of every payment card (ISO/IEC 7812-1). */
function passesLuhn(digits: string): boolean {
  let sum = 0;
  for (let at = 0; at < digits.length; at += 1) {
    const digit = Number(digits[digits.length - 1 - at]);
    const doubled = at % 2 === 1 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}

/**
 * The text with every payment card number masked but for its last four digits: `4111 1111 1111 1111` → `**** **** **** 1111`.
 * Numbers that fail the card's own checksum, such as order numbers, stay. For `hooks: { outgoing: maskCardNumbers }`.
 */
export function maskCardNumbers(text: string): string {
  return text.replace(CANDIDATE, (found) => {
    const digits = found.replace(/\D/g, '');
    // Repeated zeros pass every checksum and belong to no card.
    if (!passesLuhn(digits) || /^0+$/.test(digits)) return found;
    let left = digits.length;
    return found.replace(/\d/g, (digit) => {
      left -= 1;
      return left < 4 ? digit : '*';
    });
  });
}
