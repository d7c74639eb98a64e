import type { AwsCall } from '../http/aws-call.ts';
import { isRecord, type Json, recordOf } from '../iam/calls/json.ts';

/**
 * What DynamoDB does with a batch when only some of its partitions are throttled: it does the rest and hands back what it did not.
 * Other calls know no such half and are done whole.
 */
export const halfProcessed = async <A extends { status: number; body: Buffer }>(
  call: AwsCall,
  random: () => number,
  act: (call: AwsCall) => Promise<A>,
): Promise<A> => {
  if (!call.operation.startsWith('Batch')) return act(call);
  const isRead = call.operation === 'BatchGetItem';
  const { RequestItems, ...rest } = recordOf(call.json);
  const { taken, left } = isRead
    ? splitKeys(recordOf(RequestItems), random)
    : splitWrites(recordOf(RequestItems), random);
  if (Object.keys(taken).length === 0) return act(call);
  const answer = await act({ ...call, body: Buffer.from(JSON.stringify({ ...rest, RequestItems: taken })) });
  const said = recordOf(JSON.parse(answer.body.toString()));
  return {
    ...answer,
    body: Buffer.from(JSON.stringify({ ...said, [isRead ? 'UnprocessedKeys' : 'UnprocessedItems']: left })),
  };
};

interface Split {
  taken: Record<string, unknown>;
  left: Record<string, unknown>;
}

const splitKeys = (items: Json, random: () => number): Split => {
  const split: Split = { taken: {}, left: {} };
  for (const [table, asked] of Object.entries(items)) {
    const { taken, left } = halves(recordOf(asked)['Keys'], random);
    if (taken.length > 0) split.taken[table] = { ...recordOf(asked), Keys: taken };
    if (left.length > 0) split.left[table] = { ...recordOf(asked), Keys: left };
  }
  return split;
};

const splitWrites = (items: Json, random: () => number): Split => {
  const split: Split = { taken: {}, left: {} };
  for (const [table, writes] of Object.entries(items)) {
    const { taken, left } = halves(writes, random);
    if (taken.length > 0) split.taken[table] = taken;
    if (left.length > 0) split.left[table] = left;
  }
  return split;
};

/** Each goes one way or the other; the first is always taken, so that a batch makes progress. */
const halves = (list: unknown, random: () => number): { taken: unknown[]; left: unknown[] } => {
  const all: unknown[] = Array.isArray(list) ? list.filter(isRecord) : [];
  const isTaken = all.map((_, i) => random() < 0.5 || i === 0);
  return { taken: all.filter((_, i) => isTaken[i]), left: all.filter((_, i) => !isTaken[i]) };
};
