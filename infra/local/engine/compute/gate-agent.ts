import type { Agent, ClientRequest, RequestOptions } from 'node:http';

type AddRequest = (request: ClientRequest, options: RequestOptions, ...more: unknown[]) => void;

const addRequestOf = (agent: Agent): AddRequest => {
  const found: unknown = Reflect.get(agent, 'addRequest');
  if (typeof found !== 'function') throw new Error('cannot hold a request: this version of Node has other agents');
  return (...given) => found.apply(agent, given);
};

/**
 * Lets one request of an agent wait, unconnected, until it is known where it goes. Node asks an agent for a connection when the
 * request is made, before it has a body; sockets, keep-alive and limits stay the agent's.
 */
export class GateAgent {
  readonly agent: Agent;
  #release: ((options: RequestOptions) => void) | undefined;

  constructor(agent: Agent) {
    const add = addRequestOf(agent);
    const hold: AddRequest = (request, options, ...more) => {
      this.#release = (where) => add(request, { ...options, ...where }, ...more);
    };
    this.agent = Object.create(agent, { addRequest: { value: hold } });
  }

  open(where: { host: string; port: number }): void {
    this.#release?.(where);
    this.#release = undefined;
  }
}
