import * as z from 'zod';
import { parseInstant, toIso } from '../../../shared/domain/time.ts';
import { defineCommand } from '../command.ts';
import type { InboxMail } from '../system/control.ts';
import { columns } from '../text/columns.ts';
import { counted, minuteText } from '../text/moments.ts';
import { safeText } from '../text/safe-text.ts';

type Move = Readonly<{ advance: string } | { to: string }>;

const durations: Readonly<Record<string, (n: string) => string>> = {
  m: (n) => `PT${n}M`,
  h: (n) => `PT${n}H`,
  d: (n) => `P${n}D`,
  w: (n) => `P${Number(n) * 7}D`,
};

/** `+30d` moves on by that much, a date or an instant moves to it. */
export const moveOf = (text: string): Move | undefined => {
  const [, amount, unit] = /^\+(\d{1,5})([mhdw])$/.exec(text) ?? [];
  if (amount !== undefined && unit !== undefined) return { advance: durations[unit]?.(amount) ?? '' };
  const isDay = z.iso.date().safeParse(text).success;
  const isInstant = z.iso.datetime({ offset: true }).safeParse(text).success;
  const at = isDay || isInstant ? parseInstant(isDay ? `${text}T00:00:00Z` : text) : undefined;
  return at === undefined ? undefined : { to: toIso(at) };
};

const rule = 'clock needs a step such as +30d (m, h, d, w), or a date such as 2026-03-01';

const schema = z.strictObject({
  words: z.tuple([z.string()], { error: rule }).transform(([text], context) => {
    const move = moveOf(text);
    if (move !== undefined) return move;
    context.addIssue({ code: 'custom', message: rule });
    return z.NEVER;
  }),
});

const campaignOf = (mail: InboxMail): string => mail.tags['campaign'] ?? 'no campaign';

const shownAtMost = 12;

const mailRows = (mails: readonly InboxMail[]): readonly string[] => [
  ...columns(
    mails
      .slice(-shownAtMost)
      .map((mail) => [minuteText(toIso(mail.at), 'UTC'), campaignOf(mail), safeText(mail.to), safeText(mail.subject)]),
  ),
  ...(mails.length > shownAtMost ? [`  and ${counted(mails.length - shownAtMost, 'more', 'more')} before these`] : []),
];

export const clock = defineCommand({
  name: 'clock',
  takes: '+30d | 2026-03-01',
  summary: 'moves the clock of the local run forward and shows the mails that went out meanwhile',
  options: {},
  examples: ['clock +30d', 'clock 2027-01-15'],
  schema,
  async run({ words: move }, { system }) {
    const control = system.control();
    const from = await control.now();
    const earlier = new Set((await control.inbox()).map(({ id }) => id));
    const to = await control.move(move);
    const mails = (await control.inbox()).filter(({ id }) => !earlier.has(id));
    const perCampaign = [...Map.groupBy(mails, campaignOf)].map(([campaign, all]) => `${campaign} ${all.length}`);
    return {
      json: {
        from: toIso(from),
        to: toIso(to),
        mails: mails.map((mail) => ({
          id: mail.id,
          at: toIso(mail.at),
          to: mail.to,
          subject: mail.subject,
          campaign: mail.tags['campaign'],
        })),
      },
      text: (paint) => [
        `${paint.green('✓')} ${minuteText(toIso(from), 'UTC')}  →  ${paint.bold(minuteText(toIso(to), 'UTC'))} UTC`,
        mails.length === 0
          ? '  No mail went out meanwhile.'
          : `  ${counted(mails.length, 'mail')} went out: ${perCampaign.join(', ')}`,
        ...mailRows(mails),
      ],
    };
  },
});
