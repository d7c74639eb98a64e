import type { ServerResponse } from 'node:http';
import type { FaultBook } from '../faults/fault-book.ts';
import { readFault } from '../faults/fault-rule.ts';
import { faultCatalogue } from '../faults/supported-faults.ts';
import { replyJson } from '../http/reply.ts';

/** `/_local/faults`: what shall go wrong, and how often it did. */
export class FaultControl {
  readonly #faults: FaultBook;

  constructor(faults: FaultBook) {
    this.#faults = faults;
  }

  list(response: ServerResponse): void {
    replyJson(response, 200, { faults: this.#faults.list() });
  }

  add(response: ServerResponse, body: unknown): void {
    const read = readFault(body);
    if (read.type === 'rule') {
      replyJson(response, 201, this.#faults.add(read.rule));
      return;
    }
    const problem = {
      type: 'about:blank',
      title: 'Not a fault that can be had here',
      status: 422,
      detail: read.detail,
    };
    replyJson(response, 422, { ...problem, supported: faultCatalogue() }, 'application/problem+json');
  }

  clear(response: ServerResponse): void {
    this.#faults.clear();
    response.writeHead(204).end();
  }
}
