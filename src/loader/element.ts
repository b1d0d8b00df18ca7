import type { Chat, ChatElement, ChatOptions } from '../widget/widget.ts';
import { createGuest, type Door } from './guest.ts';

/** `<attache-chat>`: verbs are its methods, strings its attributes (`brand-name`), objects the property `options`. */
export type AttacheElement = ChatElement & { options: Partial<ChatOptions> };

const ATTRIBUTES = 'account domain-api persistence brand-name brand-color welcome theme locale mode';

/**
 * Defines the custom element. It boots as soon as it is on the page and knows its account. Moving it leaves the conversation
 * alone; taking it away is `shutdown`.
 */
export function defineElement(door: Door): void {
  customElements.define(
    'attache-chat',
    // The only way to make an element.
    class extends HTMLElement {
      static readonly observedAttributes = ATTRIBUTES.split(' ');
      declare boot: Chat['boot'];
      declare update: Chat['update'];
      declare shutdown: Chat['shutdown'];
      constructor() {
        super();
        // Set before the script came, the property hides the accessor of the same name.
        const given = this as { options?: Partial<ChatOptions> };
        const early = given.options;
        delete given.options;
        createGuest(this, door);
        if (early) this.options = early;
      }
      /** What it is given is added to what is known. */
      set options(more: Partial<ChatOptions>) {
        this.update(more);
        // After the other attributes: the parser's come one by one.
        if (more.account) queueMicrotask(() => this.connectedCallback());
      }
      attributeChangedCallback(name: string, _: string | null, value: string | null): void {
        const option = name.replace(/-./g, (part) => part.slice(1).toUpperCase());
        this.options = { [option]: value ?? undefined };
      }
      connectedCallback(): void {
        if (this.isConnected) this.boot();
      }
      disconnectedCallback(): void {
        // A moved element is back within the same task.
        queueMicrotask(() => this.isConnected || this.shutdown());
      }
    },
  );
}
