import type { SQSBatchResponse } from 'aws-lambda';
import { codeOf } from '../../shared/domain/errors.ts';
import type { EpochMs } from '../../shared/domain/time.ts';
import type { Log } from '../../shared/ports/log.ts';
import type { ReactCall } from '../../shared/ports/react-calls.ts';
import type { QueueRecord } from '../queue/each-record.ts';
import { callOfMessage } from './call-of.ts';
import type { ReactDeps } from './deps.ts';
import { react } from './react.ts';

type Asked = Readonly<{ messageId: string; call?: ReactCall }>;

/** Reacts to what a batch of messages asks for, each customer once. A message that cannot be read fails alone. */
export const reactToMessages = async (
  deps: ReactDeps,
  log: Pick<Log, 'error'>,
  records: readonly QueueRecord[],
  now: EpochMs,
): Promise<SQSBatchResponse> => {
  const asked = records.map((record) => read(record, log));
  const failed = await react(
    deps,
    asked.flatMap(({ call }) => call ?? []),
    now,
  );
  for (const { error } of failed) log.error('react failed', { code: codeOf(error) });
  const failedCalls = new Set(failed.map(({ call }) => JSON.stringify(call)));
  const again = asked.filter(({ call }) => call === undefined || failedCalls.has(JSON.stringify(call)));
  return { batchItemFailures: again.map(({ messageId }) => ({ itemIdentifier: messageId })) };
};

const read = ({ messageId, body }: QueueRecord, log: Pick<Log, 'error'>): Asked => {
  try {
    return { messageId, call: callOfMessage(body) };
  } catch (error) {
    log.error('message not read', { message: messageId, code: codeOf(error) });
    return { messageId };
  }
};
