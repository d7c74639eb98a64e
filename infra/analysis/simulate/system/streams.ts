import { callOfKey } from '../../../../functions/react/call-of.ts';
import type { CustomerPair } from '../../../../functions/relay/relay.ts';
import { eventOfPk, orderOfPk } from '../../../../shared/adapters/dynamodb/keys.ts';
import { LifecycleError } from '../../../../shared/domain/errors.ts';
import { seconds } from '../../../../shared/domain/time.ts';
import type { Invocation, Machine } from '../engine/invocation.ts';
import type { Commit } from '../engine/recorded-table.ts';
import { makeStream } from '../platform/stream.ts';
import type { UseCases } from './functions.ts';
import { isPoison } from './outside/poison.ts';
import type { Reach } from './reach.ts';

/** The two consumers of the table's stream. */
export const makeStreams = (machine: Machine, does: UseCases, reach: (invocation: Invocation) => Reach) => {
  const react = makeStream(machine, {
    name: 'react-stream',
    timeoutMs: seconds(60),
    async work(invocation, batch) {
      const calls = batch.map(({ after }) => callOfKey(after.key.pk)).filter((call) => call !== undefined);
      const deps = reach(invocation);
      const failed = await does.react(deps, calls, invocation.now);
      if (failed.length > 0) await deps.react.enqueue(failed.map(({ call }) => call));
    },
  });
  const relay = makeStream(machine, {
    name: 'relay-stream',
    timeoutMs: seconds(30),
    work: async (invocation, batch) => does.relay(reach(invocation), batch.flatMap(pairOf)),
  });
  return {
    react,
    relay,
    /** As the mappings' filters choose. */
    add(commit: Commit): void {
      const { entity, key } = commit.after;
      if (entity === 'CUSTOMER') relay.add(commit);
      else if (orderOfPk(key.pk) !== undefined || eventOfPk(key.pk) !== undefined) react.add(commit);
    },
  };
};

/** An image that cannot be read stops its batch, as the codec does. */
const pairOf = (commit: Commit): readonly CustomerPair[] => {
  const { before, after } = commit;
  if (isPoison(commit)) throw corrupt(after.key.pk);
  if (after.entity !== 'CUSTOMER') return [];
  return [before?.entity === 'CUSTOMER' ? { before: before.value, after: after.value } : { after: after.value }];
};

const corrupt = (pk: string): LifecycleError =>
  new LifecycleError('store.corrupt-item', "cannot read an image: 'entity' must be known", { pk, sk: '', field: 'et' });
