import * as z from 'zod';
import { erasureView } from '../../../functions/admin/customers/erase-customer.ts';
import { defineCommand } from '../command.ts';
import { Refusal } from '../refusal.ts';
import type { AdminApi } from '../system/admin-api.ts';
import { idOf } from '../system/customers.ts';
import type { World } from '../world.ts';

const everyMs = 500;
const patienceMs = 60_000;

export const erase = defineCommand({
  name: 'erase',
  takes: 'CUSTOMER',
  summary: 'forgets a person: name, address and consent go, amounts and dates stay without them',
  options: { yes: { about: 'erase without asking first' } },
  examples: ['erase ada@example.com', 'erase standard:c-1 --yes'],
  schema: z.strictObject({
    yes: z.boolean().default(false),
    words: z.tuple([z.string().min(1)], { error: 'erase needs one customer: an e-mail address, source:id, or our id' }),
  }),
  async run({ words: [who], yes }, { world, system }) {
    const api = await system.api();
    const id = await idOf(api, who);
    if (id === undefined) throw new Refusal(`the store knows no customer '${who}'`);
    if (!yes && (await world.ask(`Erase ${who}? This cannot be undone. Type erase: `)) !== 'erase')
      throw new Refusal('nothing was erased', ['Type erase when asked, or add --yes.']);
    const asked = await api.delete(`/v1/customers/${encodeURIComponent(id)}`, erasureView);
    if (asked.type === 'absent') throw new Refusal(`this customer is not there any more: ${asked.detail}`);
    const isDone = await isErased(api, world, asked.body.id);
    return {
      json: { id: asked.body.id, erased: isDone },
      text: (paint) => [
        isDone
          ? `${paint.green('✓')} erased: ${asked.body.id}`
          : `${paint.yellow('…')} asked for, and not done yet: ${asked.body.id} waits in the queue`,
        '  Nothing is mailed to them. Their orders count as revenue, without a customer.',
      ],
    };
  },
});

/** Done is when the system says that they are gone. */
const isErased = async (api: AdminApi, world: World, id: string): Promise<boolean> => {
  for (let waitedMs = 0; waitedMs < patienceMs; waitedMs += everyMs) {
    const found = await api.get(`/v1/customers/${encodeURIComponent(id)}`, {}, z.unknown());
    if (found.type === 'absent') return found.status === 410;
    await world.sleep(everyMs);
  }
  return false;
};
