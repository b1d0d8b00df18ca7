import { cleanup, render } from '@testing-library/react';
import { createRef, StrictMode } from 'react';
import { afterEach, describe, expect, test, vi } from 'vitest';
import type { ChatElement } from '../index.ts';
import type { Place, Widget } from '../widget/api.ts';
import { AttacheChat } from './AttacheChat.tsx';

const world = vi.hoisted(() => ({ places: [] as Place[], asked: [] as string[] }));

vi.mock('../widget/widget.ts', () => ({
  createWidget(place: Place): Partial<Widget> {
    world.places.push(place);
    const note = (verb: string) => () => void world.asked.push(verb);
    return {
      open: () => void place.tell('open', {}),
      update: note('update'),
      destroy: note('destroy'),
      status: () => ({ open: true, unread: 0, connection: 'idle' }),
    };
  },
}));

afterEach(() => {
  cleanup();
  world.places = [];
  world.asked = [];
});

const settled = () => new Promise((resolve) => setTimeout(resolve, 20));
const hosts = () => document.querySelectorAll('attache-chat');

describe('<AttacheChat>', () => {
  test('has one launcher in strict mode, verbs by ref, and nothing left when it goes', async () => {
    const ref = createRef<ChatElement>();
    const view = render(
      <StrictMode>
        <AttacheChat account="1" ref={ref} />
      </StrictMode>,
    );
    expect(hosts()).toHaveLength(1);
    expect(hosts()[0]?.shadowRoot?.querySelectorAll('button')).toHaveLength(1);
    ref.current?.open();
    await settled();
    expect(world.places).toHaveLength(1);
    view.unmount();
    expect([hosts().length, ref.current, world.asked]).toEqual([0, null, ['destroy']]);
  });

  test('tells each event once, to the latest handler, in strict mode too', async () => {
    const heard: string[] = [];
    const ref = createRef<ChatElement>();
    const app = (name: string) => (
      <StrictMode>
        <AttacheChat
          account="1"
          ref={ref}
          onUnreadChange={({ detail }) => heard.push(`${name} ${detail.count}`)}
          onDestroy={() => heard.push('gone')}
        />
      </StrictMode>
    );
    const view = render(app('first'));
    heard.length = 0;
    ref.current?.open();
    await settled();
    world.places[0]?.tell('unreadchange', { count: 1 });
    view.rerender(app('second'));
    world.places[0]?.tell('unreadchange', { count: 2 });
    view.unmount();
    expect(heard).toEqual(['first 1', 'second 2', 'gone']);
  });

  test('passes changed options on, and only those', async () => {
    const ref = createRef<ChatElement>();
    const tokens: string[] = [];
    const app = (theme: 'light' | 'dark' | null, token: string) => (
      <AttacheChat
        account="1"
        ref={ref}
        {...(theme ? { theme } : {})}
        getToken={async () => {
          tokens.push(token);
          return token;
        }}
      />
    );
    const view = render(app('light', 'a'));
    ref.current?.open();
    await settled();
    const options = () => world.places[0]?.options();
    const { getToken } = options() ?? {};
    view.rerender(app('light', 'b'));
    await settled();
    expect(world.asked).toEqual([]);
    view.rerender(app('dark', 'c'));
    view.rerender(app(null, 'c'));
    await settled();
    expect(world.asked).toEqual(['update', 'update']);
    expect(options()?.theme).toBeUndefined();
    expect(options()?.getToken).toBe(getToken);
    await getToken?.();
    expect(tokens).toEqual(['c']);
  });
});
