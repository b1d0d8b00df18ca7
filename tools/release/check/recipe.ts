import { readFileSync } from 'node:fs';

/** The code of docs/embedding.md under a heading, in its order: each block's language and text. */
function recipe(heading: string, page = readFileSync('docs/embedding.md', 'utf8')) {
  const chapter = page.split(/^## /m).find((text) => text.startsWith(`${heading}\n`));
  if (chapter === undefined) throw new Error(`docs/embedding.md has no recipe "${heading}"`);
  const blocks = [...chapter.matchAll(/^```(\w+)\n([\s\S]*?)^```/gm)];
  return blocks.map(([, language, code]) => ({ language: language ?? '', code: code ?? '' }));
}

/** The block in this language. Throws where the recipe has none. */
export function codeIn(language: string, heading: string): string {
  const block = recipe(heading).find((one) => one.language === language);
  if (block === undefined) throw new Error(`the recipe "${heading}" has no ${language}`);
  return block.code;
}

/** The account as markup or as an option of `boot`. */
const ACCOUNT = /account="12345678"|(?<=\{ )account: '12345678'/;

/** A recipe names no services, because LivePerson's are found by themselves; the check has its own, named by `more`. */
export function withServices(code: string, more: string): string {
  if (!ACCOUNT.test(code)) throw new Error('a recipe without its account');
  return code.replace(ACCOUNT, (account) => `${more} ${account}`);
}

/** What a hook of PHP prints: all that stands outside of its tags. */
export function printedBy(php: string): string {
  const printed = /\?>([\s\S]*)<\?php/.exec(php)?.[1];
  if (printed === undefined) throw new Error('the hook prints nothing');
  return printed;
}
