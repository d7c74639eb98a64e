import type { DurationMs, EpochMs } from '../../shared/domain/time.ts';
import type { Dns } from './doctor/mail-account.ts';

/** Everything a command touches outside itself; tests put their own in its place. */
export interface World {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Whether people read the output: colour and prompts depend on it. */
  readonly isTty: boolean;
  print(text: string): void;
  complain(text: string): void;
  /** What a pipe brings, or what is typed without being shown. */
  readSecret(prompt: string): Promise<string>;
  /** The answer of the person in front of it; empty where nobody is. */
  ask(question: string): Promise<string>;
  /** Shows a line in place of the one before, on a terminal only; empty takes it away. */
  status(line: string): void;
  /** A file of the person who typed the command; `undefined` when there is none. */
  readFile(path: string): Promise<string | undefined>;
  /** Makes a file; `there` when one is. */
  writeNewFile(path: string, text: string): Promise<'written' | 'there'>;
  /** The file `npm start` leaves while it runs; `undefined` when there is none. */
  readLocalFile(): Promise<string | undefined>;
  fetch(url: string, init?: RequestInit): Promise<Response>;
  readonly dns: Dns;
  now(): EpochMs;
  sleep(ms: DurationMs): Promise<void>;
  randomBytes(count: number): Uint8Array;
}
