import { readFileSync } from 'node:fs';

/** One member of an interface: how it is written, and what is said of it. */
interface Member {
  readonly signature: string;
  readonly text: string;
}

interface Declared {
  readonly name: string;
  readonly text: string;
  /** Of a type alias: its parameters. */
  readonly of: string;
  readonly members: readonly Member[];
  /** Of a type alias: what it stands for. */
  readonly meaning: string;
}

/** What a page uses, in the order in which one reads about it. The widget's own side of `api.ts` is not among it. */
const PUBLIC: readonly (readonly [file: string, ...names: string[]])[] = [
  ['src/widget/api.ts', 'Chat', 'ChatElement', 'ChatStatus', 'ChatEvents', 'ChatListener'],
  ['src/widget/options.ts', 'ChatOptions', 'Theme', 'Offset', 'Identification', 'Profile', 'Engagement', 'Hooks'],
  ['src/bridge/liveperson.ts', 'BridgeOptions', 'Bridge'],
  ['src/widget/teaser.ts', 'Teaser'],
];

/** The text of a doc comment on one line. */
function textOf(comment: string): string {
  const lines = comment.replace(/^\/\*\*|\*\/$/g, '').split('\n');
  return lines
    .map((line) => line.replace(/^\s*\*? ?/, '').trim())
    .join(' ')
    .trim();
}

/** The source's exported interfaces and types, as the formatter leaves them: members two spaces in, the end at the margin. */
export function declaredIn(source: string): Declared[] {
  const found = source.matchAll(
    /(\/\*\*(?:(?!\*\/)[\s\S])*\*\/\n)?export (?:interface (\w+)(?:<[^>]*>)? \{\n([\s\S]*?)\n\}|type (\w+)(<(?:[^=<>]|<[^<>]*>)*>)? =([\s\S]*?);\n)/g,
  );
  return [...found].map(([, comment = '', interfaceName, body = '', typeName = '', of = '', meaning = '']) => ({
    name: interfaceName ?? typeName,
    of,
    text: textOf(comment.trim()),
    members: membersOf(body),
    meaning: meaning.replace(/\s+/g, ' ').trim(),
  }));
}

function membersOf(body: string): Member[] {
  const parts = body.matchAll(/ {2}(\/\*\*(?:(?!\*\/)[\s\S])*\*\/\n {2})?(\S(?:.|\n {3,})*?);(?=\n|$)/g);
  return [...parts].map(([, comment = '', signature = '']) => ({
    signature: signature.replace(/^readonly /, '').replace(/\s+/g, ' '),
    text: textOf(comment.trim()),
  }));
}

const cell = (text: string) => text.replaceAll('|', '\\|');

function section({ name, of, text, members, meaning }: Declared): string {
  const rows = members.map((member) => `| \`${cell(member.signature)}\` | ${cell(member.text)} |`);
  const table = rows.length > 0 ? ['| | |', '|---|---|', ...rows] : ['```ts', `type ${name}${of} = ${meaning}`, '```'];
  return [`## ${name}`, '', ...(text === '' ? [] : [text, '']), ...table, ''].join('\n');
}

/** The reference part of docs/api.md. Throws where a public type is no longer where it was. */
export function apiReference(): string {
  return PUBLIC.flatMap(([file, ...names]) => {
    const declared = declaredIn(readFileSync(file, 'utf8'));
    return names.map((name) => {
      const one = declared.find((other) => other.name === name);
      if (!one) throw new Error(`${file} exports no ${name}`);
      return section(one);
    });
  }).join('\n');
}
