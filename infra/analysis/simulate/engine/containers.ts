import type { Invocation } from './invocation.ts';

/** The warm containers of one function. */
export type Containers<T> = Readonly<{
  /** What the container that runs this invocation remembers; the same for every call of one invocation. */
  of(invocation: Invocation): T;
}>;

type Container<T> = { running: Invocation; readonly remembers: T };

/** A container serves one invocation at a time, and what it remembers ends with an invocation that does not end well. */
export const makeContainers = <T>(make: (running: () => Invocation) => T): Containers<T> => {
  let containers: Container<T>[] = [];
  const start = (invocation: Invocation): Container<T> => {
    const container: Container<T> = { running: invocation, remembers: make(() => container.running) };
    containers.push(container);
    return container;
  };
  return {
    of(invocation) {
      containers = containers.filter(({ running }) => running === invocation || running.fate !== 'failed');
      const container =
        containers.find(({ running }) => running === invocation) ??
        containers.find(({ running }) => running.fate === 'answered') ??
        start(invocation);
      container.running = invocation;
      return container.remembers;
    },
  };
};
