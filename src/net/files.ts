import type { Files } from './ports.ts';

/** Object URLs and downloads of the page. */
export function browserFiles(): Files {
  return {
    save(blob, name) {
      const url = URL.createObjectURL(blob);
      const anchor = document.createElement('a');
      anchor.href = url;
      anchor.download = name;
      anchor.rel = 'noopener noreferrer';
      anchor.click();
      // The download has its own hold on the blob once the click has been handled.
      setTimeout(() => URL.revokeObjectURL(url), 10_000);
    },
  };
}
