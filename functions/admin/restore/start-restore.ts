import * as z from 'zod';
import { startRestore } from '../../restore/start-restore.ts';
import { conflict } from '../problem-answer.ts';
import { defineRoute, ok } from '../route.ts';
import { restoreView, viewOfRestore } from './restore-view.ts';

const response = z.object({
  begun: z.boolean().meta({ description: 'false: one was under way already, and goes on' }),
  restore: restoreView,
});

export const postRestore = defineRoute({
  method: 'POST',
  path: '/v1/restore',
  operationId: 'startRestore',
  summary:
    'After the table was restored: replays the erasure log into the store, and closes what was still to be sent; the sweep does it, minute by minute',
  roles: ['admin'],
  query: z.strictObject({}),
  body: z
    .strictObject({ anew: z.boolean().optional().meta({ description: 'Begin again, even while one is under way' }) })
    .optional(),
  response,
  refusals: { 409: 'Mail is not stopped' },
  async run({ restores, killSwitch }, { store, body, now }) {
    const isStopped = () => killSwitch.isOn(now);
    const started = await startRestore({ restores, isStopped }, store.id, { now, anew: body?.anew ?? false });
    if (started.type === 'sending-on')
      return conflict('mail is not stopped: a restored table could mail at any moment');
    return ok({ begun: started.type === 'begun', restore: viewOfRestore(started.restore) });
  },
});
