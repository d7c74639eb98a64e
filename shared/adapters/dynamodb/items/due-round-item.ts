import { type DueEntry, dueKinds, type Round } from '../../../ports/due-index.ts';
import { number, oneOf, text } from '../codec/codec.ts';
import { shape } from '../codec/shape.ts';

/** How long the lease of a kind and shard is held; its row stays for ever and has no time to be found at. */
export const leaseUntilName = 'leaseUntil';

/** The round of a kind and shard, beside its lease. */
export const roundShape = shape<Round>({
  startedAt: ['st', number],
  handed: ['ha', number],
  place: [
    'pl',
    shape<DueEntry>({
      kind: ['k', oneOf(dueKinds)],
      dueAt: ['at', number],
      store: ['s', text],
      customerId: ['c', text],
      item: ['i', text],
    }),
    'optional',
  ],
  againAt: ['ag', number, 'optional'],
});
