import { describe, expect, test } from 'vitest';
import { DEFAULT_LIMITS } from '../protocol/fileTypes.ts';
import { examine } from './examine.ts';

const of = (name: string, bytes: BlobPart, sharing: 'on' | 'off' = 'on') =>
  examine(new File([bytes], name), DEFAULT_LIMITS, sharing);

describe('examine', () => {
  test('says what a file is by its content', async () => {
    expect(await of('note.txt', 'words')).toMatchObject({
      ok: { wire: 'TXT', kind: 'document' },
      inspection: { type: 'TXT' },
    });
  });

  test('says why a file may not be sent', async () => {
    expect(await of('note.jpg', 'words')).toMatchObject({ why: 'mismatch' });
    expect(await of('empty.pdf', '')).toEqual({ why: 'empty' });
    expect(await of('note.txt', 'words', 'off')).toEqual({ why: 'sharing-off' });
  });

  test('a file that cannot be read is a rejection, not an error', async () => {
    const gone = new File(['x'], 'gone.pdf');
    gone.slice = () => {
      throw new DOMException('gone', 'NotReadableError');
    };
    expect(await examine(gone, DEFAULT_LIMITS, 'on')).toEqual({ why: 'unreadable' });
  });
});
