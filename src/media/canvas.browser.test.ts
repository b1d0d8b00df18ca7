import { afterEach, expect, test, vi } from 'vitest';
import { encoded, onCanvas } from './canvas.ts';
import { drawn, noise } from './pictures.testing.ts';

afterEach(() => {
  vi.restoreAllMocks();
});

/** Frames that have been asked for and neither begun nor taken back. */
function frames() {
  const due = new Set<number>();
  let asked = 0;
  const { requestAnimationFrame: ask, cancelAnimationFrame: cancel } = window;
  vi.spyOn(window, 'requestAnimationFrame').mockImplementation((begin) => {
    const id = ask.call(window, (at) => {
      due.delete(id);
      begin(at);
    });
    asked += 1;
    due.add(id);
    return id;
  });
  vi.spyOn(window, 'cancelAnimationFrame').mockImplementation((id) => {
    due.delete(id);
    cancel.call(window, id);
  });
  return { asked: () => asked, due: () => due.size };
}

test('while a canvas is encoded a frame is always due, and none afterwards', async () => {
  const picture = drawn(1600, 1200, noise);
  const { asked, due } = frames();
  const work = encoded(picture, 'image/jpeg', 0.8);
  expect([asked(), due()]).toEqual([1, 1]);
  expect((await work).type).toBe('image/jpeg');
  expect(due()).toBe(0);
});

test('none is due after an encoding that fails', async () => {
  const { due } = frames();
  await expect(onCanvas((canvas) => encoded(Object.assign(canvas, { width: 0 }), 'image/png'))).rejects.toThrow();
  expect(due()).toBe(0);
});
