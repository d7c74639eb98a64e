import { callOfKey } from '../../../../functions/react/call-of.ts';
import type { LoggedPair } from '../../../../functions/relay/keep-log.ts';
import { customerOfPk, eventOfPk, orderOfPk, suppressionOfPk } from '../../../../shared/adapters/dynamodb/keys.ts';
import { LifecycleError } from '../../../../shared/domain/errors.ts';
import { seconds } from '../../../../shared/domain/time.ts';
import type { Invocation, Machine } from '../engine/invocation.ts';
import type { Commit } from '../engine/recorded-table.ts';
import { makeStream } from '../platform/stream.ts';
import type { UseCases } from './functions.ts';
import { isPoison } from './outside/poison.ts';
import { failOn } from './queues.ts';
import type { Reach } from './reach.ts';

/** The two consumers of the table's stream. */
export const makeStreams = (
  machine: Machine,
  does: UseCases,
  reach: (invocation: Invocation) => Reach,
  keepsLog: boolean,
) => {
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
    // As the function does, but that a note that failed repeats its whole batch.
    async work(invocation, batch) {
      const deps = reach(invocation);
      const pairs = batch.flatMap(pairOf);
      const noted = keepsLog ? pairs.map((pair) => does.keepLog(deps, pair)) : [];
      const told = does.relay(
        deps,
        pairs.filter((pair) => pair.type === 'customer'),
      );
      const ends = await Promise.allSettled([told, ...noted]);
      failOn(ends.flatMap((end) => (end.status === 'rejected' ? [end.reason] : [])));
    },
  });
  return {
    react,
    relay,
    /** As the mappings' filters choose. */
    add(commit: Commit): void {
      const { entity, key } = commit.after;
      if (entity === 'CUSTOMER' || (keepsLog && (entity === 'CONTACT' || entity === 'SUPPRESSION'))) relay.add(commit);
      else if (orderOfPk(key.pk) !== undefined || eventOfPk(key.pk) !== undefined) react.add(commit);
    },
  };
};

/** An image that cannot be read stops its batch, as the codec does. */
const pairOf = (commit: Commit): readonly LoggedPair[] => {
  const { before, after } = commit;
  const { pk } = after.key;
  if (isPoison(commit)) throw corrupt(pk);
  if (after.entity === 'CUSTOMER')
    return [{ type: 'customer', after: after.value, ...(before?.entity === 'CUSTOMER' && { before: before.value }) }];
  if (after.entity === 'CONTACT') {
    const owner = customerOfPk(pk);
    const was = before?.entity === 'CONTACT' && { before: before.value };
    return owner === undefined ? [] : [{ type: 'contact', ...owner, after: after.value, ...was }];
  }
  const address = suppressionOfPk(pk);
  return after.entity === 'SUPPRESSION' && address !== undefined
    ? [{ type: 'suppression', ...address, after: after.value }]
    : [];
};

const corrupt = (pk: string): LifecycleError =>
  new LifecycleError('store.corrupt-item', "cannot read an image: 'entity' must be known", { pk, sk: '', field: 'et' });
