import { act, cleanup, render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, it } from 'vitest';
import type { AgentEvent } from '../../protocol/agent.ts';
import { FailureError, refused } from '../../protocol/failure.ts';
import type { Conversation, EventContent } from '../../protocol/types.ts';
import type { AgentLink, LinkListener } from './agentLink.ts';
import { Console } from './Console.tsx';
import { startDesk } from './desk.ts';

const ACCOUNT = { domainApi: 'http://localhost', account: '1', username: 'a', password: 'b' };

/** A link whose far end is the test: it records requests and answers as told. */
function fakeLink() {
  const sent: { method: string; body: unknown }[] = [];
  const answers = new Map<string, (body: unknown) => unknown>();
  let listener: LinkListener | undefined;
  const link: AgentLink = {
    request: async (method, body) => {
      sent.push({ method, body });
      const answer = answers.get(method) ?? (() => (method === '.ams.ms.QueryMessages' ? [] : { sequence: null }));
      return answer(body) as never;
    },
    reconnect: () => undefined,
    dispose: () => undefined,
  };
  const told = () => {
    if (!listener) throw new Error('the link was not started');
    return listener;
  };
  const start = (_: unknown, to: LinkListener) => {
    listener = to;
    return link;
  };
  return { start, sent, answers, told };
}

function conversation(more: Partial<Conversation> = {}): Conversation {
  return {
    id: 'C',
    open: true,
    closeReason: null,
    dialogs: [{ id: 'C', type: 'MAIN', channel: 'MESSAGING', open: true, closedBy: null }],
    participants: [{ id: 'abcd-1', role: 'CONSUMER' }],
    startedAt: 1000,
    updatedAt: 1000,
    ...more,
  };
}

function said(sequence: number, content: EventContent, from = 'abcd-1'): AgentEvent {
  const role = from === 'abcd-1' ? 'CONSUMER' : 'ASSIGNED_AGENT';
  const ids = { dialogId: 'C', conversationId: 'C', clientId: null, audience: 'ALL' as const };
  return { ...ids, sequence, at: 1_700_000_000_000 + sequence, from: { id: from, role }, content };
}

const withAgent = [
  { id: 'abcd-1', role: 'CONSUMER' },
  { id: 'pid', role: 'ASSIGNED_AGENT' },
];

async function opened() {
  const link = fakeLink();
  const desk = startDesk(ACCOUNT, link.start);
  render(<Console desk={desk} />);
  const user = userEvent.setup();
  await act(async () => {
    link.told().status({ at: 'online' });
    link.told().online({ bearer: 'x', userId: '7', userPid: 'pid' }, { socket: 'ws://h', swift: 'http://swift' });
    link.told().conversations([{ type: 'upsert', conversation: conversation() }]);
    link.told().messages([said(1, { type: 'text', text: 'Hello <b>there</b>' })]);
  });
  return { link, desk, user };
}

function published(link: ReturnType<typeof fakeLink>, type: string) {
  return link.sent
    .filter(({ method }) => method === '.ams.ms.PublishEvent')
    .map(({ body }) => (body as { event: { type: string } }).event)
    .filter((event) => event.type === type);
}

afterEach(cleanup);

describe('the agent console', () => {
  it('lists a conversation with what was said last and how much is unread', async () => {
    await opened();
    const list = screen.getByRole('list', { name: 'Conversations' });
    const row = within(list).getByRole('button');
    expect(row.textContent).toContain('Visitor ABCD');
    expect(row.textContent).toContain('Hello <b>there</b>');
    expect(row.textContent).toContain('1 unread');
    expect(document.title).toBe('(1) Agent console · Meadow & Co.');
  });

  it('joins on opening, and then says what has arrived and what was read', async () => {
    const { link, user } = await opened();
    expect(published(link, 'AcceptStatusEvent')).toEqual([]);
    await user.click(screen.getByRole('button', { name: /Visitor/ }));
    expect(link.sent.at(-1)?.body).toEqual({
      conversationId: 'C',
      conversationField: [{ field: 'ParticipantsChange', type: 'ADD', role: 'ASSIGNED_AGENT' }],
    });
    expect(screen.getByRole('article').textContent).toContain('Hello <b>there</b>');
    const joined = conversation({ participants: withAgent, updatedAt: 2000 });
    await act(async () => link.told().conversations([{ type: 'upsert', conversation: joined }]));
    await waitFor(() =>
      expect(published(link, 'AcceptStatusEvent')).toEqual([
        { type: 'AcceptStatusEvent', status: 'ACCEPT', sequenceList: [1] },
        { type: 'AcceptStatusEvent', status: 'READ', sequenceList: [1] },
      ]),
    );
    expect(screen.getByRole('list', { name: 'Conversations' }).textContent).not.toContain('unread');
  });

  it('sends a reply by Enter, once, and shows how far it has come', async () => {
    const { link, user } = await opened();
    link.answers.set('.ams.ms.PublishEvent', (body) => {
      const { type } = (body as { event: { type: string } }).event;
      return { sequence: type === 'ContentEvent' ? 5 : null };
    });
    await user.click(screen.getByRole('button', { name: /Visitor/ }));
    await user.type(screen.getByRole('textbox', { name: 'Reply' }), 'Good day{Enter}');
    await waitFor(() => expect(screen.getByText('Good day').closest('article')?.textContent).toContain('Sent'));
    expect(published(link, 'ContentEvent')).toEqual([
      { type: 'ContentEvent', contentType: 'text/plain', message: 'Good day' },
    ]);
    expect(published(link, 'ChatStateEvent')).toEqual([
      { type: 'ChatStateEvent', chatState: 'COMPOSING' },
      { type: 'ChatStateEvent', chatState: 'PAUSE' },
    ]);
    const receipt = said(6, { type: 'receipt', status: 'READ', sequences: [5] });
    await act(async () => link.told().messages([receipt]));
    expect(screen.getByText('Good day').closest('article')?.textContent).toContain('Read');
  });

  it('keeps a reply that was refused, says why, and sends it again when asked', async () => {
    const { link, user } = await opened();
    let refusals = 1;
    link.answers.set('.ams.ms.PublishEvent', (body) => {
      const { type } = (body as { event: { type: string } }).event;
      if (type === 'ContentEvent' && refusals-- > 0) throw new FailureError(refused(400, 'not now'));
      return { sequence: type === 'ContentEvent' ? 5 : null };
    });
    await user.click(screen.getByRole('button', { name: /Visitor/ }));
    await user.type(screen.getByRole('textbox', { name: 'Reply' }), 'Good day');
    await user.click(screen.getByRole('button', { name: 'Send reply' }));
    expect(await screen.findByText(/Not accepted: not now/)).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    await waitFor(() => expect(screen.getByText('Good day').closest('article')?.textContent).toContain('Sent'));
    expect(published(link, 'ContentEvent')).toHaveLength(2);
  });

  it('joins again by replying after a colleague has taken over', async () => {
    const { link, user } = await opened();
    await user.click(screen.getByRole('button', { name: /Visitor/ }));
    expect(screen.getByRole('heading', { name: /You have not joined/ })).toBeTruthy();
    const joins = () => link.sent.filter(({ method }) => method === '.ams.cm.UpdateConversationField').length;
    const joined = conversation({ participants: withAgent, updatedAt: 2000 });
    await act(async () => link.told().conversations([{ type: 'upsert', conversation: joined }]));
    expect(screen.queryByRole('heading', { name: /You have not joined/ })).toBeNull();
    await user.type(screen.getByRole('textbox', { name: 'Reply' }), 'one{Enter}');
    expect(joins()).toBe(1);
    const taken = conversation({ updatedAt: 3000 });
    await act(async () => link.told().conversations([{ type: 'upsert', conversation: taken }]));
    await user.type(screen.getByRole('textbox', { name: 'Reply' }), 'two{Enter}');
    expect(joins()).toBe(2);
  });

  it('refuses a file that cannot be sent, by name', async () => {
    const { link, user } = await opened();
    await user.click(screen.getByRole('button', { name: /Visitor/ }));
    const picker = document.querySelector<HTMLInputElement>('input[type=file]');
    if (!picker) throw new Error('no file picker');
    await user.upload(picker, new File(['x'], 'run.exe'));
    expect(screen.getByRole('alert').textContent).toContain('run.exe cannot be sent');
    expect(link.sent.some(({ method }) => method.includes('GenerateURL'))).toBe(false);
  });

  it('shows a photo by its preview, then by its address, and a document as a download', async () => {
    const { link, user } = await opened();
    const preview = 'data:image/png;base64,AAAA';
    const address = { relativePath: '/v1/a/p.JPG', signature: 's', rawExpires: '9999999999', expires: 9_999_999_999 };
    let answer: (value: typeof address) => void = () => undefined;
    link.answers.set('.ams.ms.GenerateURLForDownloadFile', () => new Promise((resolve) => (answer = resolve)));
    const photo = { relativePath: '/v1/a/p.JPG', fileType: 'JPG', caption: 'My patch', preview };
    const guide = { relativePath: '/v1/a/g.PDF', fileType: 'PDF', caption: 'guide.pdf', preview: null };
    await act(async () =>
      link.told().messages([said(2, { type: 'file', file: photo }), said(3, { type: 'file', file: guide })]),
    );
    await user.click(screen.getByRole('button', { name: /Visitor/ }));
    expect(screen.getByRole('img', { name: 'My patch' }).getAttribute('src')).toBe(preview);
    expect(screen.getByRole('button', { name: 'Download guide.pdf' })).toBeTruthy();
    await act(async () => answer(address));
    expect(screen.getByRole('img', { name: 'My patch' }).getAttribute('src')).toBe(
      'http://swift/v1/a/p.JPG?temp_url_sig=s&temp_url_expires=9999999999',
    );
  });

  it('gives the focus back to the list when a conversation is left', async () => {
    const { user } = await opened();
    await user.click(screen.getByRole('button', { name: /Visitor/ }));
    expect(document.activeElement).toBe(screen.getByRole('heading', { name: /Visitor ABCD/ }));
    await user.click(screen.getByRole('button', { name: 'All conversations' }));
    expect(document.activeElement).toBe(screen.getByRole('button', { name: /Visitor/ }));
  });

  it('ends a conversation, after which there is nowhere to write', async () => {
    const { link, user } = await opened();
    await user.click(screen.getByRole('button', { name: /Visitor/ }));
    await user.click(screen.getByRole('button', { name: 'End conversation' }));
    expect(link.sent.at(-1)?.body).toMatchObject({
      conversationField: [{ field: 'ConversationStateField', conversationState: 'CLOSE' }],
    });
    const closed = conversation({ open: false, updatedAt: 3000 });
    await act(async () => link.told().conversations([{ type: 'upsert', conversation: closed }]));
    expect(screen.queryByRole('textbox', { name: 'Reply' })).toBeNull();
    expect(screen.getByText('This conversation has ended.')).toBeTruthy();
  });

  it('asks for the messages of a conversation anew after every reconnection, and only then', async () => {
    const { link } = await opened();
    const queries = () => link.sent.filter(({ method }) => method === '.ams.ms.QueryMessages');
    await act(async () => link.told().conversations([{ type: 'upsert', conversation: conversation() }]));
    expect(queries()).toHaveLength(1);
    await act(async () => {
      link.told().online({ bearer: 'y', userId: '7', userPid: 'pid' }, { socket: 'ws://h', swift: 'http://swift' });
      link.told().conversations([{ type: 'upsert', conversation: conversation() }]);
    });
    expect(queries()).toHaveLength(2);
  });

  it('forgets a conversation that is gone when the connection comes back', async () => {
    const { link, user } = await opened();
    await user.click(screen.getByRole('button', { name: /Visitor/ }));
    const other = conversation({ id: 'D', participants: [{ id: 'efgh-2', role: 'CONSUMER' }] });
    await act(async () => {
      link.told().online({ bearer: 'y', userId: '7', userPid: 'pid' }, { socket: 'ws://h', swift: 'http://swift' });
      link.told().conversations([{ type: 'upsert', conversation: other }]);
    });
    expect(screen.getByRole('list', { name: 'Conversations' }).textContent).not.toContain('ABCD');
    expect(screen.getByText('Choose a conversation.')).toBeTruthy();
    await act(async () => link.told().conversations([{ type: 'upsert', conversation: conversation() }]));
    expect(screen.getByRole('list', { name: 'Conversations' }).textContent).toContain('EFGH');
  });
});
