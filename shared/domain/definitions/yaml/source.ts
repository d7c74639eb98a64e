import type { Span } from '../../conditions/language/parsing/token.ts';
import { jsonPath } from '../../intake/standard/faults.ts';
import type { DefinitionFault } from '../definition-fault.ts';

export type Path = readonly (string | number)[];

/** A definition file: its text, and what has been found wrong with it. */
export class Source {
  readonly file: string;
  readonly text: string;
  readonly #starts: readonly number[];
  readonly #faults: DefinitionFault[] = [];

  constructor(file: string, text: string) {
    this.file = file;
    this.text = text;
    this.#starts = [0, ...[...text.matchAll(/\r\n|\r|\n/g)].map(({ index, 0: end }) => index + end.length)];
  }

  /** Lines from 1. */
  lineAt(position: number): number {
    const after = this.#starts.findIndex((start) => start > position);
    return after === -1 ? this.#starts.length : after;
  }

  /** Finds fault with a stretch of the text; of several lines, with the part on the first. */
  fault({ from, to }: Span, path: Path, message: string): void {
    const line = this.lineAt(from);
    const start = this.#starts[line - 1] ?? 0;
    const excerpt = /[^\r\n]*/.exec(this.text.slice(start))?.[0] ?? '';
    const length = Math.max(1, Math.min(to, start + excerpt.length) - from);
    const place = { file: this.file, line, column: from - start + 1, length };
    this.#faults.push({ ...place, path: jsonPath(path), message, excerpt });
  }

  /** Whether something on the lines of a stretch has been found fault with. */
  isFaultyIn({ from, to }: Span): boolean {
    const [first, last] = [this.lineAt(from), this.lineAt(to)];
    return this.#faults.some(({ line }) => line >= first && line <= last);
  }

  /** What was found, in the order of the text. */
  get faults(): readonly DefinitionFault[] {
    return this.#faults.toSorted((a, b) => a.line - b.line || a.column - b.column);
  }
}
