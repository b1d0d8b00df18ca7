import fc from 'fast-check';
import { expect, test } from 'vitest';
import { maskCardNumbers } from './maskCardNumbers.ts';

test.each([
  ['my card is 4111 1111 1111 1111, thanks', 'my card is **** **** **** 1111, thanks'],
  ['4111-1111-1111-1111', '****-****-****-1111'],
  ['378282246310005', '***********0005'],
  ['6304000000000000', '************0000'],
  ['two: 5555555555554444 and 4012888888881881', 'two: ************4444 and ************1881'],
  ['4111 1111 1111 1111 12/27 123', '**** **** **** 1111 12/27 123'],
  ['order 7, 2 x, card 5 4111 1111 1111 1111', 'order 7, 2 x, card 5 **** **** **** 1111'],
  ['4111\u00a01111\u202f1111\u20091111', '****\u00a0****\u202f****\u20091111'],
  ['4111.1111.1111.1111', '****.****.****.1111'],
  ['4111\u20131111\u20131111\u20131111', '****\u2013****\u2013****\u20131111'],
  ['4111  1111 - 1111  1111', '****  **** - ****  1111'],
  ['\uff14\uff11\uff11\uff11 1111 1111 1111', '**** **** **** 1111'],
  [
    '\u0664\u0661\u0661\u0661 \u0661\u0661\u0661\u0661 \u0661\u0661\u0661\u0661 \u0661\u0661\u0661\u0661',
    '**** **** **** \u0661\u0661\u0661\u0661',
  ],
  ['4111\u200b1111\u200b1111\u200b1111', '****\u200b****\u200b****\u200b1111'],
  ['4 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1', '* * * * * * * * * * * * 1 1 1 1'],
])('%s', (text, masked) => {
  expect(maskCardNumbers(text)).toBe(masked);
});

test.each([
  ['fails the checksum', '4111 1111 1111 1112'],
  ['is too short', '411111111111'],
  ['is part of a longer number', '94111111111111111123456'],
  ['is nobody’s', '0000 0000 0000 0000'],
  ['is a telephone number', '+49 30 901820'],
  ['is a column of numbers', '4111\n1111\n1111\n1111'],
  ['is text', 'no numbers here'],
])('what %s stays', (_, text) => {
  expect(maskCardNumbers(text)).toBe(text);
});

/** The digit that makes the number pass its checksum. */
function checked(digits: readonly number[]): string {
  const sum = digits.toReversed().reduce((total, digit, at) => {
    const doubled = at % 2 === 0 ? digit * 2 : digit;
    return total + (doubled > 9 ? doubled - 9 : doubled);
  }, 0);
  return [...digits, (10 - (sum % 10)) % 10].join('');
}

test('every number with a checksum is masked but for four digits, and its length stays', () => {
  const digits = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 12, maxLength: 18 });
  fc.assert(
    fc.property(
      digits.filter((some) => some.some((digit) => digit > 0)),
      (some) => {
        const number = checked(some);
        expect(maskCardNumbers(number)).toBe('*'.repeat(number.length - 4) + number.slice(-4));
      },
    ),
  );
});
