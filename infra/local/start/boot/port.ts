import { createServer } from 'node:net';

const usualPort = 4_600;
const tried = 20;

const isFree = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });

/** The asked-for port; without one 4600, or the next that is free. */
export const chosenPort = async (asked: number | undefined): Promise<number> => {
  if (asked === 0) return 0;
  if (asked !== undefined) {
    if (await isFree(asked)) return asked;
    throw new PortTaken(asked);
  }
  for (let port = usualPort; port < usualPort + tried; port += 1) if (await isFree(port)) return port;
  return 0;
};

/** The port somebody asked for is in use. */
export class PortTaken extends Error {
  override readonly name = 'PortTaken';
  constructor(port: number) {
    super(`cannot start: '--port' must be free, got ${port} which is in use (0 takes any free one)`);
  }
}
