import { afterEach, expect, test } from 'vitest';
import { leaveShadow, nextPaint, paintInShadow } from '../shadow.testing.tsx';

/** Real drag events, inside a shadow root as on a brand's page. */

afterEach(leaveShadow);

function drag(target: Element, type: string, dataTransfer: DataTransfer): DragEvent {
  const event = new DragEvent(type, { bubbles: true, composed: true, cancelable: true, dataTransfer });
  target.dispatchEvent(event);
  return event;
}

function withFile(): DataTransfer {
  const data = new DataTransfer();
  data.items.add(new File(['x'], 'slope.png', { type: 'image/png' }));
  return data;
}

function withLink(): DataTransfer {
  const data = new DataTransfer();
  data.setData('text/uri-list', 'https://example.com/');
  return data;
}

/** Types of drag events that the page hears while `act` runs. */
async function heardByPage(act: () => Promise<void>): Promise<string[]> {
  const heard: string[] = [];
  const listen = (event: Event) => heard.push(event.type);
  const types = ['dragenter', 'dragover', 'dragleave', 'drop'];
  for (const type of types) document.addEventListener(type, listen);
  await act();
  for (const type of types) document.removeEventListener(type, listen);
  return heard;
}

test('files over the panel show what is accepted; dropped they are attached, and the page hears nothing', async () => {
  const { find, root, asked } = paintInShadow({});
  const data = withFile();
  const heard = await heardByPage(async () => {
    drag(find('.panel'), 'dragenter', data);
    drag(find('.header'), 'dragenter', data);
    drag(find('.panel'), 'dragleave', data);
    await nextPaint();
    expect(find('.drop').textContent).toContain('Photos: JPG, PNG, GIF; above 3 MB they are made smaller');
    expect(drag(find('.header'), 'dragover', data).defaultPrevented).toBe(true);
    expect(drag(find('.header'), 'drop', data).defaultPrevented).toBe(true);
    await nextPaint();
  });
  expect(root.querySelector('.drop')).toBeNull();
  expect(asked('attach').map(([files]) => (files as File[]).map((file) => file.name))).toEqual([['slope.png']]);
  expect(heard).toEqual([]);
});

test.each(['enter first', 'leave first'])(
  'the overlay stays while the files go from child to child: %s',
  async (order) => {
    const { find, root } = paintInShadow({});
    const data = withFile();
    drag(find('.panel'), 'dragenter', data);
    const seen = [];
    for (const [from, to] of [
      ['.panel', '.header'],
      ['.header', '.welcome'],
      ['.welcome', 'textarea'],
    ] as const) {
      if (order === 'enter first') drag(find(to), 'dragenter', data);
      drag(find(from), 'dragleave', data);
      if (order === 'leave first') drag(find(to), 'dragenter', data);
      await nextPaint();
      seen.push(root.querySelector('.drop') !== null);
    }
    expect(seen).toEqual([true, true, true]);
  },
);

test('the overlay stays while a child comes and goes under the files', async () => {
  const { find, root } = paintInShadow({});
  const data = withFile();
  drag(find('.panel'), 'dragenter', data);
  drag(find('.chip'), 'dragenter', data);
  drag(find('.chip'), 'dragleave', data);
  await nextPaint();
  expect(root.querySelector('.drop')).not.toBeNull();
});

test('the overlay goes when the files leave, and when what they hung over has gone', async () => {
  const { find, root, set, store } = paintInShadow({});
  const data = withFile();
  drag(find('.header'), 'dragenter', data);
  drag(find('.header'), 'dragleave', data);
  await nextPaint();
  expect(root.querySelector('.drop')).toBeNull();
  drag(find('.chip'), 'dragenter', data);
  set({ settings: { ...store.getState().settings, suggestions: [] } });
  drag(find('.header'), 'dragenter', data);
  drag(find('.header'), 'dragleave', data);
  await nextPaint();
  expect(root.querySelector('.drop')).toBeNull();
});

test("drags over the page's own drop zones are the page's", async () => {
  paintInShadow({});
  const zone = document.createElement('div');
  document.body.append(zone);
  const data = withFile();
  const heard = await heardByPage(async () => {
    for (const type of ['dragenter', 'dragover', 'dragleave', 'drop'])
      expect(drag(zone, type, data).defaultPrevented).toBe(false);
  });
  zone.remove();
  expect(heard).toEqual(['dragenter', 'dragover', 'dragleave', 'drop']);
});

test('a link beside the text is refused in a line, and leads nowhere', async () => {
  const { find, root, asked } = paintInShadow({});
  const data = withLink();
  expect(drag(find('.panel'), 'dragenter', data).defaultPrevented).toBe(true);
  await nextPaint();
  expect(find('.drop-words').textContent).toBe('Text and links are not files. Drop them into the message itself.');
  expect(drag(find('.panel'), 'drop', data).defaultPrevented).toBe(true);
  await nextPaint();
  expect(root.querySelector('.drop-words')).toBeNull();
  expect(asked('attach')).toEqual([]);
});

test('a link over the message goes where the text field takes it', async () => {
  const { find, root } = paintInShadow({});
  const data = withLink();
  drag(find('.composer'), 'dragenter', data);
  expect(drag(find('textarea'), 'dragenter', data).defaultPrevented).toBe(false);
  drag(find('.composer'), 'dragleave', data);
  await nextPaint();
  expect(root.querySelector('.drop-words')).toBeNull();
  expect(drag(find('textarea'), 'dragover', data).defaultPrevented).toBe(false);
  expect(drag(find('textarea'), 'drop', data).defaultPrevented).toBe(false);
});

test('text of our own that is dragged gets no lesson', async () => {
  const { find, root } = paintInShadow({});
  const data = new DataTransfer();
  data.setData('text/plain', 'Hello');
  drag(find('.welcome'), 'dragstart', data);
  drag(find('.welcome'), 'dragenter', data);
  await nextPaint();
  expect(root.querySelector('.drop-words')).toBeNull();
});

test("the page's own cards are not ours", async () => {
  const { find } = paintInShadow({});
  const data = new DataTransfer();
  data.setData('application/x-card', '7');
  const heard = await heardByPage(async () => {
    expect(drag(find('.panel'), 'dragover', data).defaultPrevented).toBe(false);
  });
  expect(heard).toEqual(['dragover']);
});
