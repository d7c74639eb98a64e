import type { EpochMs } from '../../shared/domain/time.ts';

/** Everything a command touches outside itself; tests put their own in its place. */
export interface World {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Whether people read the output: colour and prompts depend on it. */
  readonly isTty: boolean;
  print(text: string): void;
  complain(text: string): void;
  /** What a pipe brings, or what is typed without being shown. */
  readSecret(prompt: string): Promise<string>;
  /** The file `npm start` leaves while it runs; `undefined` when there is none. */
  readLocalFile(): Promise<string | undefined>;
  fetch(url: string, init?: RequestInit): Promise<Response>;
  now(): EpochMs;
  randomBytes(count: number): Uint8Array;
}
