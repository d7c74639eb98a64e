import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import {
  TransactionCanceledException,
  TransactionConflictException,
  type TransactWriteItem,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import { LifecycleError } from '../../domain/errors.ts';
import type { Attributes } from './codec/codec.ts';
import type { DynamoTable } from './table.ts';

/** Per item of the transaction, in order: whether its condition refused, and what stood there where the item asked to know. */
type Verdict = Readonly<{ refused: boolean; there?: Attributes }>;
export type Transacted = Readonly<{ type: 'written' } | { type: 'refused'; verdicts: readonly Verdict[] }>;

/** Eight tries, waits up to 10, 20, 40 .. 640 ms (full jitter): about 0.6 s on average before giving up. */
const policy = { attempts: 8, firstWaitMs: 10 } as const;
export const waitMs = (attempt: number, random: number): number => random * policy.firstWaitMs * 2 ** (attempt - 1);

const contested = new Set(['TransactionConflict', 'ThrottlingError', 'ProvisionedThroughputExceeded']);

/** `undefined` = another writer was on one of the items: try again. */
const verdictsOf = (error: unknown): readonly Verdict[] | undefined => {
  if (error instanceof TransactionConflictException) return undefined;
  if (!(error instanceof TransactionCanceledException)) throw error;
  const reasons = error.CancellationReasons ?? [];
  const verdicts = reasons.map(({ Code, Item }) => ({
    refused: Code === 'ConditionalCheckFailed',
    ...(Item && { there: Item }),
  }));
  if (verdicts.some(({ refused }) => refused)) return verdicts;
  if (reasons.some(({ Code }) => Code !== undefined && contested.has(Code))) return undefined;
  throw error;
};

/**
 * Writes all items or none. Conflicts are tried again under one token, so that a lost answer cannot write twice; the
 * token is new per call, because a second caller with the same items must be refused, not told that it succeeded.
 *
 * @throws {LifecycleError} `write.contended` when the items stay contested.
 */
export const transact = async (
  table: DynamoTable,
  items: readonly TransactWriteItem[],
  random: () => number = Math.random,
): Promise<Transacted> => {
  const command = new TransactWriteItemsCommand({ TransactItems: [...items], ClientRequestToken: randomUUID() });
  for (let attempt = 1; attempt <= policy.attempts; attempt += 1) {
    try {
      await table.client.send(command);
      return { type: 'written' };
    } catch (error) {
      const verdicts = verdictsOf(error);
      if (verdicts) return { type: 'refused', verdicts };
    }
    if (attempt < policy.attempts) await pause(waitMs(attempt, random()));
  }
  const first = items[0]?.Put?.Item ?? items[0]?.Update?.Key;
  const key = first?.['sk']?.S?.replace(/#.*/s, '') ?? '';
  const message = `cannot write ${key}: 'items' must be free of other writers, got ${policy.attempts} conflicts`;
  throw new LifecycleError('write.contended', message, { key, attempts: policy.attempts });
};
