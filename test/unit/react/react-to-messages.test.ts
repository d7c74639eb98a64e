import { describe, expect, it } from 'vitest';
import { reactToMessages } from '../../../functions/react/react-to-messages.ts';
import { start } from '../../support/customers.ts';
import { ada, anOrder, makeWorld } from '../../support/world.ts';

const call = { type: 'order', key: { store: 'demo', source: 'standard', orderId: 'o-1' } };

describe('messages to react', () => {
  for (const poison of ['{', '{"detail":{"type":"of a later version"}}'])
    it(`fail alone where they cannot be read: ${poison}`, async () => {
      const world = await makeWorld();
      await world.deps.intake.putOrder(anOrder({ orderId: 'o-1', placedAt: start, customer: ada }), 'v1');
      const told: string[] = [];
      const records = [
        { messageId: 'm-1', body: poison },
        { messageId: 'm-2', body: JSON.stringify({ detail: call }) },
      ];
      const log = { error: (message: string) => void told.push(message) };
      const { batchItemFailures } = await reactToMessages(world.deps, log, records, start);
      expect(batchItemFailures).toEqual([{ itemIdentifier: 'm-1' }]);
      expect(told).toEqual(['message not read']);
      expect((await world.customerOf('standard:c-1'))?.customer?.history.orders).toBe(1);
    });

  it('come back one by one where their customer fails', async () => {
    const world = await makeWorld();
    const records = ['nowhere', 'demo'].map((store) => ({
      messageId: store,
      body: JSON.stringify({ detail: { ...call, key: { ...call.key, store } } }),
    }));
    const { batchItemFailures } = await reactToMessages(world.deps, { error: () => undefined }, records, start);
    expect(batchItemFailures).toEqual([{ itemIdentifier: 'nowhere' }]);
  });
});
