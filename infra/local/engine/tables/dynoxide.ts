import { type ChildProcess, spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { freePort } from '../http/free-port.ts';

export interface TableServer {
  readonly port: number;
  readonly host: string;
  /** The SQLite file, when the server is our own child. */
  readonly file: string | undefined;
  close(): Promise<void>;
}

/** The shell ends the server when its input closes, so that even a killed parent leaves nothing running and no data in memory. */
const guard =
  '"$0" --port "$1" --db-path "$2" </dev/null & pid=$!; (cat >/dev/null; kill $pid; [ -z "$3" ] || rm -rf "$3") <&3 & wait $pid';

const binary = (): string => {
  try {
    return join(dirname(createRequire(import.meta.url).resolve('@dynoxide/linux-x64/package.json')), 'dynoxide');
  } catch {
    const place = `${process.platform}-${process.arch}`;
    throw new Error(
      `cannot start the table server: 'DYNAMODB_ENDPOINT' must name a DynamoDB Local on ${place}, got nothing`,
    );
  }
};

const listening = (child: ChildProcess): Promise<void> =>
  new Promise((resolve, reject) => {
    let said = '';
    const hear = (text: Buffer) => {
      said += text.toString();
      if (said.includes('listening on')) resolve();
    };
    child.stdout?.on('data', hear);
    child.stderr?.on('data', hear);
    child.once('error', reject);
    child.once('exit', (code) =>
      reject(new Error(`cannot start the table server: it ended with code ${code}: ${said.slice(0, 500)}`)),
    );
  });

/** Starts dynoxide on a database file; `disposable` is a folder to remove even if this process is killed. */
export const startDynoxide = async (file: string, disposable: string | undefined): Promise<TableServer> => {
  const port = await freePort();
  const child = spawn('/bin/sh', ['-c', guard, binary(), String(port), file, disposable ?? ''], {
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
    detached: true, // a signal to our whole group (Ctrl-C, a job killed) must not end the one who cleans up
  });
  await listening(child);
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  return {
    port,
    host: '127.0.0.1',
    file,
    async close() {
      const leash = child.stdio[3];
      if (leash !== null && leash !== undefined && 'end' in leash) leash.end();
      await ended;
    },
  };
};

/** A DynamoDB Local somebody else runs; its tables are its own business. */
export const externalTableServer = (endpoint: string): TableServer => {
  const url = new URL(endpoint);
  return { port: Number(url.port || 80), host: url.hostname, file: undefined, close: async () => undefined };
};
