import type { Condition } from '../../condition.ts';
import { type Span, type Token, tokensOf } from './token.ts';

/** One thing wrong in a text, with its place. */
export type TextFault = Span & Readonly<{ message: string }>;

/** Where the parser stands in a text, what it has found fault with, and where each part it has built stands. */
export class Cursor {
  readonly faults: TextFault[] = [];
  readonly spans = new Map<Condition, Span>();
  readonly #tokens: Token[];
  readonly #end: Token;
  #at = 0;
  #gaveUp = false;

  constructor(text: string) {
    this.#tokens = [...tokensOf(text)];
    this.#end = { kind: 'end', text: '', from: text.length, to: text.length };
  }

  /** The token ahead; further ones by their distance. */
  peek(ahead = 0): Token {
    return this.#tokens[this.#at + ahead] ?? this.#end;
  }

  /** The token just taken. */
  get last(): Token {
    return this.#tokens[this.#at - 1] ?? this.#end;
  }

  take(): Token {
    const token = this.peek();
    if (token.kind !== 'end') this.#at += 1;
    return token;
  }

  /** Whether the word ahead is one of these. */
  isWord(...words: readonly string[]): boolean {
    const { kind, text } = this.peek();
    return kind === 'word' && words.includes(text);
  }

  takesWord(...words: readonly string[]): boolean {
    const found = this.isWord(...words);
    if (found) this.#at += 1;
    return found;
  }

  fault(span: Span, message: string): void {
    this.faults.push({ from: span.from, to: span.to, message });
  }

  /** Finds fault with the token ahead and goes on as if what was meant stood there. */
  mend(meant: Pick<Token, 'kind' | 'text'>, message: string): void {
    const token = this.peek();
    this.fault(token, message);
    this.#tokens[this.#at] = { ...token, ...meant };
  }

  /** Goes on as if a word stood here that is missing. */
  insert(text: string): void {
    const { from } = this.peek();
    this.#tokens.splice(this.#at, 0, { kind: 'word', text, from, to: from });
  }

  /** Passes over what cannot be understood, to the next `and`, `or`, closing bracket or the end. */
  skip(): void {
    let depth = 0;
    while (this.peek().kind !== 'end' && (depth > 0 || !this.#stopsHere())) {
      const { kind } = this.take();
      if (kind === 'open' || kind === 'open-list') depth += 1;
      if (kind === 'close' || kind === 'close-list') depth = Math.max(0, depth - 1);
    }
  }

  #stopsHere(): boolean {
    return this.peek().kind === 'close' || this.isWord('and', 'or');
  }

  /** Leaves the rest of the text unread. */
  giveUp(): void {
    while (this.peek().kind !== 'end') this.take();
    this.#gaveUp = true;
  }

  /** Whether the rest was left unread: what is missing there is nobody's fault. */
  get gaveUp(): boolean {
    return this.#gaveUp;
  }

  /** Remembers where a condition stands. */
  placed<C extends Condition>(condition: C, from: number): C {
    this.spans.set(condition, { from, to: this.last.to });
    return condition;
  }
}
