import type { ChatOptions } from '../../widget/options.ts';
import { type Choices, choicesFrom, DEFAULTS, optionsOf, propertiesOf, queryOf, snippetOf } from './choices.ts';

/** What the embedding snippet defines: commands wait in its queue until the loader is there. */
type Attache = (command: 'boot' | 'update' | 'open', options?: Partial<ChatOptions>) => void;

/** Ms without a change after which a new look is shown: a colour picker tells of every step of a drag. */
const SETTLED = 60;
const EXAMPLES = ['#126c42', '#0b5fff', '#6d28d9', '#c2185b', '#b45309', '#ffd400', '#111827'];
const PROPERTIES = ['--attache-radius', '--attache-corner', '--attache-font'];

function part<T extends Element>(id: string, kind: new () => T): T {
  const element = document.getElementById(id);
  if (!(element instanceof kind)) throw new Error(`the page has no ${id}`);
  return element;
}

const form = part('choices', HTMLFormElement);
const snippet = part('snippet', HTMLElement);
const hex = part('hex', HTMLOutputElement);
const contrast = part('contrast', HTMLElement);
const copied = part('copied', HTMLElement);

function attache(...command: Parameters<Attache>): void {
  (window as unknown as { attache: Attache }).attache(...command);
}

function field(name: keyof Choices): HTMLInputElement | HTMLSelectElement | RadioNodeList {
  return form.elements.namedItem(name) as HTMLInputElement | HTMLSelectElement | RadioNodeList;
}

function fill(choices: Choices): void {
  for (const [name, value] of Object.entries(choices)) field(name as keyof Choices).value = String(value);
}

/** The form as it stands, through the same door as a link, so that a half-typed number is the default. */
function chosen(): Choices {
  const at = (name: keyof Choices) => field(name).value;
  return choicesFrom(
    new URLSearchParams({
      brand: at('brand'),
      scheme: at('scheme'),
      radius: at('radius'),
      font: at('font'),
      title: at('title') || DEFAULTS.title,
      block: at('offsetBlock'),
      inline: at('offsetInline'),
    }),
  );
}

/** What the widget is told; "back to the default" must be said as well. */
function optionsFor(choices: Choices): Partial<ChatOptions> {
  const { brand, scheme, title, offsetBlock, offsetInline } = choices;
  const all = { brandColor: brand, theme: scheme, brandName: title };
  return { ...all, offset: { block: offsetBlock, inline: offsetInline } };
}

function show(choices: Choices): void {
  attache('update', optionsFor(choices));
  const chosenProperties = propertiesOf(choices);
  for (const name of PROPERTIES) {
    const value = chosenProperties[name];
    for (const element of document.querySelectorAll<HTMLElement>('attache-chat')) {
      if (value === undefined) element.style.removeProperty(name);
      else element.style.setProperty(name, value);
    }
  }
  hex.value = choices.brand;
  snippet.textContent = snippetOf(choices);
  copied.textContent = '';
  document.documentElement.style.setProperty('--brand', choices.brand);
  document.documentElement.dataset.theme = choices.scheme;
  const query = queryOf(choices);
  history.replaceState(null, '', query === '' ? location.pathname : `?${query}`);
  contrast.textContent =
    Object.keys(optionsOf(choices)).length === 0
      ? 'This is the default.'
      : 'Text keeps 4.5:1 on its ground and controls 3:1, in light and in dark.';
}

let settling = 0;
form.addEventListener('input', () => {
  clearTimeout(settling);
  settling = window.setTimeout(() => show(chosen()), SETTLED);
});
form.addEventListener('submit', (event) => event.preventDefault());

for (const color of EXAMPLES) {
  const button = document.createElement('button');
  button.type = 'button';
  button.style.background = color;
  button.setAttribute('aria-label', color);
  button.addEventListener('click', () => {
    fill({ ...chosen(), brand: color });
    show(chosen());
  });
  part('swatches', HTMLElement).append(button);
}

part('copy', HTMLButtonElement).addEventListener('click', () => {
  navigator.clipboard.writeText(snippet.textContent ?? '').then(
    () => {
      copied.textContent = 'Copied.';
    },
    () => {
      copied.textContent = 'The browser does not let this page copy. Select the text and copy it yourself.';
    },
  );
});

part('again', HTMLButtonElement).addEventListener('click', () => {
  fill(DEFAULTS);
  show(DEFAULTS);
});

const first = choicesFrom(new URLSearchParams(location.search));
attache('boot', {
  account: '12345678',
  domainApi: location.origin,
  persistence: 'memory',
  welcome: 'Hello. How can we help?',
  suggestions: ['Where is my order?', 'Talk to somebody'],
  ...optionsFor(first),
});
fill(first);
show(first);
// The page is about the open panel; somebody who came to look at it has asked for it.
if (matchMedia('(min-width: 900px)').matches) attache('open');
