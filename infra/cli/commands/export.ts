import * as z from 'zod';
import { exportView } from '../../../functions/admin/customers/export-customer.ts';
import { defineCommand } from '../command.ts';
import { Refusal } from '../refusal.ts';
import { idOf } from '../system/customers.ts';

export const exportPerson = defineCommand({
  name: 'export',
  takes: 'CUSTOMER',
  summary: 'prints everything that is kept about a person, as JSON',
  options: {},
  examples: ['export ada@example.com', 'export standard:c-1'],
  schema: z.strictObject({
    words: z.tuple([z.string().min(1)], {
      error: 'export needs one customer: an e-mail address, source:id, or our id',
    }),
  }),
  async run({ words: [who] }, { system }) {
    const api = await system.api();
    const id = await idOf(api, who);
    if (id === undefined) throw new Refusal(`the store knows no customer '${who}'`);
    const found = await api.post(`/v1/customers/${encodeURIComponent(id)}:export`, undefined, exportView);
    if (found.type === 'absent') throw new Refusal(`nothing is kept about this customer: ${found.detail}`);
    return { json: found.body, text: () => JSON.stringify(found.body, null, 2).split('\n') };
  },
});
