/** 13 digits or more of any script; between them spaces, dashes, dots and what is not seen, as pages and people set them. */
const RUN = /\p{Nd}(?:[\p{Zs}\p{Pd}\p{Cf}\t.]{0,3}\p{Nd}){12,}/gu;
const DIGIT = /\p{Nd}/u;
/** Digits that a card's number has. */
const [LEAST, MOST] = [13, 19];
/** What the numbers of cards begin with, by industry (ISO/IEC 7812-1). */
const OF_CARDS = /^[2-6]/;
/** Digits that are left. */
const LEFT = 4;

/** The value of a digit: Unicode has the ten of each script in a row. */
function worthOf(digit: string): number {
  const code = digit.normalize('NFKC').codePointAt(0) ?? 0;
  let value = 0;
  while (value < 9 && DIGIT.test(String.fromCodePoint(code - value - 1))) value += 1;
  return value;
}

/** The checksum of every payment card (ISO/IEC 7812-1). Repeated zeros pass it and belong to no card. */
function passesLuhn(digits: string): boolean {
  let sum = 0;
  for (let at = 0; at < digits.length; at += 1) {
    const digit = Number(digits[digits.length - 1 - at]);
    const doubled = at % 2 === 1 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0 && !/^0+$/.test(digits);
}

/** Numbers of the digits that are to go, over groups that stand beside one another: a date or a count may stand beside a card. */
function hiddenIn(groups: readonly string[]): Set<number> {
  const hidden = new Set<number>();
  const all = groups.join('').length;
  let from = 0;
  for (let first = 0; first < groups.length; first += 1) {
    let digits = '';
    for (const next of groups.slice(first)) {
      digits += next;
      if (digits.length > MOST) break;
      const isAll = digits.length === all;
      if (digits.length < LEAST || !(isAll || OF_CARDS.test(digits)) || !passesLuhn(digits)) continue;
      for (let at = 0; at < digits.length - LEFT; at += 1) hidden.add(from + at);
    }
    from += groups[first]?.length ?? 0;
  }
  return hidden;
}

/**
 * The text with every payment card number masked but for its last four digits: `4111 1111 1111 1111` → `**** **** **** 1111`.
 * Numbers that fail the card's own checksum, such as order numbers, stay. For `hooks: { outgoing: maskCardNumbers }`.
 */
export function maskCardNumbers(text: string): string {
  return text.replace(RUN, (run) => {
    const plain = Array.from(run, (character) => (DIGIT.test(character) ? worthOf(character) : ' ')).join('');
    const hidden = hiddenIn(plain.split(/ +/));
    let at = -1;
    return run.replace(/\p{Nd}/gu, (digit) => {
      at += 1;
      return hidden.has(at) ? '*' : digit;
    });
  });
}
