import { expect, it } from 'vitest';
import type { MailEvent } from '../../../functions/feedback/mail-event.ts';
import { takeFeedback } from '../../../functions/feedback/take-feedback.ts';
import { start } from '../../support/customers.ts';
import { anOrder, makeWorld } from '../../support/world.ts';

it('stops the customer before the address: no reservation slips in between, and trying again finishes', async () => {
  const { deps, order, customerOf } = await makeWorld();
  await order(anOrder({ orderId: 'o-1', placedAt: start, customer: { externalId: 'c-1', email: 'ada@example.com' } }));
  const customer = (await customerOf('standard:c-1'))?.customer?.customerId ?? expect.fail('nobody');
  const event: MailEvent = {
    ...{ store: 'demo', customer, send: 'none', addresses: ['ada@example.com'], isHardBounce: false },
    feedback: { type: 'complained', at: start, messageId: 'm-1' },
  };
  const added: string[] = [];
  const suppressions = (fails: boolean) => ({
    add: async (_store: string, hash: string) => {
      const { contact } = await deps.customers.load('demo', customer, 'decision');
      expect(contact).toMatchObject({ suppressedAt: start, complainedAt: start, optedOutAt: start });
      if (fails) throw new Error('no answer');
      added.push(hash);
    },
  });
  await expect(takeFeedback({ ...deps, suppressions: suppressions(true) }, event)).rejects.toThrow('no answer');
  await takeFeedback({ ...deps, suppressions: suppressions(false) }, event);
  expect(added).toHaveLength(1);
});
