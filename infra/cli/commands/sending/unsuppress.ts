import * as z from 'zod';
import { liftedView } from '../../../../functions/admin/suppressions/lift-suppression.ts';
import { suppressionView } from '../../../../functions/admin/suppressions/lookup-suppression.ts';
import { parseInstant } from '../../../../shared/domain/time.ts';
import { defineCommand } from '../../command.ts';
import { Refusal } from '../../refusal.ts';
import type { AdminApi } from '../../system/admin-api.ts';
import { safeText } from '../../text/safe-text.ts';
import type { World } from '../../world.ts';

const everyMs = 500;
const patienceMs = 60_000;

const needsAddress = 'unsuppress needs one e-mail address';

/** A day, or an instant with its offset. */
const agreed = z.string().transform((text, context) => {
  const at = parseInstant(/^\d{4}-\d{2}-\d{2}$/.test(text) ? `${text}T00:00:00Z` : text);
  if (at !== undefined) return new Date(at).toISOString();
  context.addIssue('must be a day or an RFC 3339 instant, such as 2026-03-01 or 2026-03-01T10:00:00Z');
  return z.NEVER;
});

export const unsuppress = defineCommand({
  name: 'unsuppress',
  takes: 'EMAIL',
  summary: 'lets an address be mailed again that bounced or complained; why stands in the timeline',
  options: {
    because: { value: 'TEXT', about: 'why, in words; kept with the customer, so no names' },
    'agreed-at': { value: 'DATE', about: 'when the person asked for mail again; needed after a complaint' },
  },
  examples: [
    'unsuppress ada@example.com --because "mailbox was full, works again (ticket 812)"',
    'unsuppress ada@example.com --because "asked by letter" --agreed-at 2026-03-01',
  ],
  schema: z.strictObject({
    because: z.string({ error: 'is needed: why may this address be mailed again?' }).trim().min(3).max(500),
    'agreed-at': agreed.optional(),
    words: z.tuple([z.string().regex(/@/, needsAddress)], { error: needsAddress }),
  }),
  async run({ words: [email], because, 'agreed-at': agreedAt }, { world, system }) {
    const api = await system.api();
    const word = { email, because, ...(agreedAt === undefined ? {} : { agreedAt }) };
    const asked = await api.post('/v1/suppressions:lift', word, liftedView);
    if (asked.type === 'absent') throw new Refusal(`nothing was lifted: ${asked.detail}`);
    const { by, id } = asked.body;
    const isDone = await isLifted(api, world, email);
    return {
      json: { by, ...(id === undefined ? {} : { id }), lifted: isDone },
      text: (paint) => [
        isDone
          ? `${paint.green('✓')} lifted: the ${by}`
          : `${paint.yellow('…')} asked for, and not done yet: it waits in the queue`,
        ...(by === 'complaint' ? ['  They are asked by mail to confirm; marketing waits for that.'] : []),
        '  SES keeps a list of its own. Until the address is off it, the next mail bounces and suppresses it anew:',
        `    aws sesv2 delete-suppressed-destination --email-address ${safeText(email)}`,
      ],
    };
  },
});

const isLifted = async (api: AdminApi, world: World, email: string): Promise<boolean> => {
  for (let waitedMs = 0; waitedMs < patienceMs; waitedMs += everyMs) {
    const found = await api.post('/v1/suppressions:lookup', { email }, suppressionView);
    if (found.type === 'found' && !found.body.suppressed) return true;
    await world.sleep(everyMs);
  }
  return false;
};
