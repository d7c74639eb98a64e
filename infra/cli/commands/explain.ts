import * as z from 'zod';
import { storeView } from '../../../functions/admin/stores/get-store.ts';
import { defineCommand } from '../command.ts';
import { Refusal } from '../refusal.ts';
import { explanationOf, idOf, timelineOf } from '../system/customers.ts';
import { explanationText } from '../text/explanation-text.ts';

const unknown = (who: string): Refusal =>
  new Refusal(`the store knows no customer '${who}'`, [
    'Name one by e-mail address, by source:id (standard:c-1), or by our id.',
  ]);

export const explain = defineCommand({
  name: 'explain',
  takes: 'CUSTOMER',
  summary: 'why a customer stands where they stand, what comes next, what was mailed and what was withheld',
  options: {},
  examples: ['explain ada@example.com', 'explain standard:c-1'],
  schema: z.strictObject({
    words: z.tuple([z.string().min(1)], {
      error: 'explain needs one customer: an e-mail address, source:id, or our id',
    }),
  }),
  async run({ words: [who] }, { system }) {
    const api = await system.api();
    const id = await idOf(api, who);
    if (id === undefined) throw unknown(who);
    const found = await explanationOf(api, id);
    if (found.type === 'absent') throw found.status === 410 ? new Refusal('this customer was erased') : unknown(who);
    const timeline = await timelineOf(api, id);
    const store = await api.get('/v1/store', {}, storeView);
    if (store.type === 'absent') throw new Refusal('the store is not there any more');
    return {
      json: { ...found.body, timeline },
      text: (paint) => explanationText({ explanation: found.body, timeline, shop: store.body, paint }),
    };
  },
});
