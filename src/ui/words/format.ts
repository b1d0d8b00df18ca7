/** Numbers, sizes and times of one locale. Times from the wire are hostile: whatever is no date formats as nothing. */
export interface Formats {
  /** Bytes as "2.8 MB" or "12 kB", decimal units; never less than 1 kB. */
  size(bytes: number): string;
  /** 0 to 1 as "62%"; never rounded up to the whole. */
  percent(share: number): string;
  /** Epoch ms as the time of day. */
  time(at: number): string;
  /** Epoch ms as "Monday 3 March", with the year when it is not this year's. */
  date(at: number, now: number): string;
  /** "a, b and c". */
  list(items: readonly string[]): string;
  plural(count: number): Intl.LDMLPluralRule;
  number(value: number): string;
}

const LAST_DATE = 8.64e15;

export function isTime(at: number): boolean {
  return Number.isFinite(at) && at > 0 && at <= LAST_DATE;
}

/** Days since the epoch of a moment in the consumer's zone: equal for moments of one calendar day. */
export function dayNumber(at: number): number {
  const date = new Date(at);
  return Math.floor(Date.UTC(date.getFullYear(), date.getMonth(), date.getDate()) / 86_400_000);
}

function unit(locale: string, name: string, digits: number): Intl.NumberFormat {
  return new Intl.NumberFormat(locale, {
    style: 'unit',
    unit: name,
    unitDisplay: 'short',
    maximumFractionDigits: digits,
  });
}

export function createFormats(locale: string): Formats {
  const megabytes = unit(locale, 'megabyte', 1);
  const kilobytes = unit(locale, 'kilobyte', 0);
  const percent = new Intl.NumberFormat(locale, { style: 'percent' });
  const clock = new Intl.DateTimeFormat(locale, { hour: 'numeric', minute: '2-digit' });
  const day = new Intl.DateTimeFormat(locale, { weekday: 'long', day: 'numeric', month: 'long' });
  const dayOfYear = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'long', year: 'numeric' });
  const list = new Intl.ListFormat(locale, { type: 'conjunction' });
  const rules = new Intl.PluralRules(locale);
  const numbers = new Intl.NumberFormat(locale);
  return {
    size(bytes) {
      return bytes < 100_000 ? kilobytes.format(Math.max(1, bytes / 1_000)) : megabytes.format(bytes / 1_000_000);
    },
    percent: (share) => percent.format(Math.floor(Math.min(1, Math.max(0, share)) * 100) / 100),
    time: (at) => (isTime(at) ? clock.format(at) : ''),
    date(at, now) {
      if (!isTime(at)) return '';
      return (new Date(at).getFullYear() === new Date(now).getFullYear() ? day : dayOfYear).format(at);
    },
    list: (items) => list.format(items),
    plural: (count) => rules.select(count),
    number: (value) => numbers.format(value),
  };
}
