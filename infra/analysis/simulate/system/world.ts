import type { EpochMs } from '../../../../shared/domain/time.ts';
import type { Machine } from '../engine/invocation.ts';
import type { makeMailProvider } from '../platform/mail-provider.ts';
import type { Account } from '../scenario/scenario.ts';
import type { Ports } from './ports.ts';

/** A line of a log, as an operator would find it. */
export type LogLine = Readonly<{ at: EpochMs; message: string; fields: unknown }>;

/** A token of the account's pace, when it was handed out. */
export type Grant = Readonly<{ at: EpochMs; class: 'marketing' | 'transactional' }>;

/** What stands around the functions: the table, the provider's account, the operator's parameters. */
export type World = Readonly<{
  machine: Machine;
  ports: Ports;
  account: Account;
  provider: () => ReturnType<typeof makeMailProvider>;
  /** The parameter store; `isPaused` is the kill switch. */
  parameters: { isPaused: boolean };
  grants: Grant[];
  logs: LogLine[];
}>;
