// LivePerson's own agent library as a child process that speaks JSON lines: events on stdout, commands on stdin.
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { parseArgs, promisify } from 'node:util';
import sdk from 'node-agent-sdk';

const { values } = parseArgs({
  options: {
    /** host:port of domain discovery; spoken to by https and wss. */
    host: { type: 'string' },
    account: { type: 'string', default: '12345678' },
    user: { type: 'string', default: 'agent@example.com' },
    /** Scheme of the object store, whose host comes from domain discovery. */
    store: { type: 'string', default: 'https' },
  },
});
if (!values.host || !/^https?$/.test(values.store)) {
  console.error(
    'usage: AGENT_PASSWORD=… node agent.mjs --host HOST:PORT [--account A] [--user U] [--store https|http]',
  );
  process.exit(2);
}

function tell(event) {
  process.stdout.write(`${JSON.stringify(event)}\n`);
}

function reason(error) {
  return String(error?.body ?? error?.message ?? JSON.stringify(error));
}

// Standard output belongs to the events.
console.log = console.warn = console.error;

const agent = new sdk.Agent({
  accountId: values.account,
  username: values.user,
  password: process.env.AGENT_PASSWORD ?? 'demo',
  csdsDomain: values.host,
});
const ask = (method) => promisify(agent[method].bind(agent));
const getDomains = promisify(agent.csdsClient.getAll.bind(agent.csdsClient));
/** `dialogId/sequence` of events that were told already: the back-log and the live stream overlap. */
const told = new Set();
let joined = null;

agent.on('connected', async () => {
  try {
    await ask('setAgentState')({ availability: 'ONLINE' });
    await ask('subscribeExConversations')({ convState: ['OPEN', 'CLOSE'] });
    tell({ event: 'connected', agentId: agent.agentId });
  } catch (error) {
    tell({ event: 'error', message: reason(error) });
  }
});
agent.on('error', (error) => tell({ event: 'error', message: reason(error) }));
agent.on('closed', () => tell({ event: 'disconnected' }));

agent.on('cqm.ExConversationChangeNotification', ({ changes }) => {
  for (const { result } of changes) {
    const { state, participants } = result.conversationDetails;
    tell({ event: 'conversation', id: result.convId, open: state === 'OPEN', participants });
  }
});

agent.on('ms.MessagingEventNotification', ({ changes }) => {
  for (const change of changes) hear(change).catch((error) => tell({ event: 'error', message: reason(error) }));
});

async function hear(change) {
  const { dialogId, sequence, event, originatorId } = change;
  if (sequence !== undefined) {
    const key = `${dialogId}/${sequence}`;
    if (told.has(key)) return;
    told.add(key);
  }
  const about = { dialogId, sequence, mine: originatorId === agent.agentId, role: change.originatorMetadata?.role };
  if (event.type === 'ChatStateEvent') tell({ event: 'typing', ...about, state: event.chatState });
  else if (event.type === 'AcceptStatusEvent') {
    tell({ event: 'receipt', ...about, status: event.status, sequences: [event.sequenceList].flat() });
  } else if (event.contentType === 'hosted/file') {
    // What it sent itself was told of as `fileSent`.
    if (!about.mine) await fetchFile(about, event.message);
  } else tell({ event: 'message', ...about, text: event.message });
  if (event.type === 'ContentEvent' && !about.mine && joined) await acknowledge(dialogId, sequence);
}

async function acknowledge(dialogId, sequence) {
  for (const status of ['ACCEPT', 'READ']) {
    const event = { type: 'AcceptStatusEvent', status, sequenceList: [sequence] };
    await ask('publishEvent')({ dialogId, conversationId: joined, event });
  }
}

async function signed({ relativePath, queryParams }) {
  const { swift } = await getDomains();
  const url = new URL(`${values.store}://${swift}${relativePath}`);
  for (const [name, value] of Object.entries(queryParams)) url.searchParams.set(name, value);
  return url;
}

async function fetchFile(about, { relativePath, fileType, caption, preview }) {
  const response = await fetch(await signed(await ask('generateURLForDownloadFile')({ relativePath })));
  if (!response.ok) throw new Error(`GET ${relativePath}: ${response.status}`);
  const bytes = Buffer.from(await response.arrayBuffer());
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const previewLength = preview?.length ?? 0;
  tell({ event: 'file', ...about, sha256, bytes: bytes.length, fileType, caption, relativePath, previewLength });
}

async function publish(event) {
  const { sequence } = await ask('publishEvent')({ dialogId: joined, conversationId: joined, event });
  return sequence;
}

const COMMANDS = {
  async join({ conversationId }) {
    const conversationField = [{ field: 'ParticipantsChange', type: 'ADD', role: 'ASSIGNED_AGENT' }];
    await ask('updateConversationField')({ conversationId, conversationField });
    joined = conversationId;
    tell({ event: 'joined', conversationId });
    await ask('subscribeMessagingEvents')({ dialogId: conversationId });
  },
  async say({ text }) {
    const sequence = await publish({ type: 'ContentEvent', contentType: 'text/plain', message: text });
    tell({ event: 'said', text, sequence });
  },
  async sendFile({ path, caption, type }) {
    const bytes = await readFile(path);
    const to = await ask('generateURLForUploadFile')({ fileSize: bytes.length, fileType: type });
    const response = await fetch(await signed(to), { method: 'PUT', body: bytes });
    if (response.status !== 201) throw new Error(`PUT ${to.relativePath}: ${response.status}`);
    const message = { caption, relativePath: to.relativePath, fileType: type };
    const sequence = await publish({ type: 'ContentEvent', contentType: 'hosted/file', message });
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    tell({ event: 'fileSent', sequence, sha256, bytes: bytes.length, relativePath: to.relativePath });
  },
  async close() {
    const conversationField = [{ field: 'ConversationStateField', conversationState: 'CLOSE' }];
    await ask('updateConversationField')({ conversationId: joined, conversationField });
    tell({ event: 'closed', conversationId: joined });
  },
};

// One after another, in the order in which they came.
let queue = Promise.resolve();
const input = createInterface({ input: process.stdin });
input.on('line', (line) => {
  queue = queue
    .then(() => {
      const command = JSON.parse(line);
      const run = COMMANDS[command.do];
      if (!run) throw new Error(`no such command: ${line.slice(0, 80)}`);
      return run(command);
    })
    .catch((error) => tell({ event: 'error', message: reason(error), command: line.slice(0, 200) }));
});
input.on('close', () => {
  queue.finally(() => {
    agent.dispose();
    process.exit(0);
  });
});
