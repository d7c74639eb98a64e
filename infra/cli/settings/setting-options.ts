import * as z from 'zod';
import type { Option } from '../command.ts';
import { type Check, checks } from './store-faults.ts';

const checked = (check: Check) =>
  z.string().superRefine((value, context) => {
    const fault = check(value);
    if (fault !== undefined) context.addIssue({ code: 'custom', message: fault });
  });

const reward = z.string().transform((pair, context) => {
  const [name = '', ...rest] = pair.split('=');
  const code = rest.join('=');
  const fault = checks.rewardName(name) ?? checks.rewardCode(code);
  if (fault !== undefined) context.addIssue({ code: 'custom', message: fault });
  return { name, code };
});

const list = (text: string): readonly string[] =>
  text
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '');

const words = z.string().transform(list);
const oneOf = <const T extends readonly [string, ...string[]]>(values: T) =>
  z.enum(values, { error: `must be one of ${values.join(', ')}` });

/** Settings that both `store add` and `store set` take. */
export const settingFields = {
  from: checked(checks.from).optional(),
  'reply-to': checked(checks.replyTo).optional(),
  'postal-address': checked(checks.postalAddress).optional(),
  'site-url': checked(checks.siteUrl).optional(),
  'base-url': checked(checks.baseUrl).optional(),
  'quiet-hours': checked(checks.quietHours).optional(),
  'horizon-days': checked(checks.horizonDays).transform(Number).optional(),
  rhythm: oneOf(['fast', 'normal', 'slow', 'durable']).optional(),
  'buyers-without-opt-in': oneOf(['never', 'softOptIn', 'optOut']).optional(),
  'soft-opt-in-countries': words.pipe(z.array(checked(checks.country))).optional(),
  'double-opt-in': z
    .union([z.enum(['never', 'always']), words.pipe(z.array(checked(checks.country)))], {
      error: 'must be never, always, or countries of two letters, for example DE,AT',
    })
    .optional(),
  topics: words.pipe(z.array(checked(checks.topic)).max(8, 'must be at most 8 topics')).optional(),
  warmup: oneOf(['auto', 'off']).optional(),
  'pending-counts': oneOf(['yes', 'no']).optional(),
  'exclude-tags': words.optional(),
  'exclude-domains': words.optional(),
  'exclude-channels': words.optional(),
  reward: z.array(reward).optional(),
  activate: words.optional(),
};
const settingsSchema = z.object(settingFields);
export type GivenSettings = z.output<typeof settingsSchema>;

export const idField = (what: string) =>
  z.tuple([checked(checks.id)], {
    error: `${what} needs one store id: 1 to 40 lower-case letters, digits and inner hyphens`,
  });
export const nameField = checked(checks.name);
export const currencyField = checked(checks.currency);
export const timeZoneField = checked(checks.timeZone);

export const settingOptions: Readonly<Record<string, Option>> = {
  from: { value: 'SENDER', about: 'who the mails come from: "Harbour & Pine <hello@example.com>"' },
  'reply-to': { value: 'ADDRESS', about: 'where answers go' },
  'postal-address': { value: 'TEXT', about: 'the address every marketing mail must carry' },
  'site-url': { value: 'URL', about: 'the shop, where mails link to' },
  'base-url': { value: 'URL', about: 'your own domain for unsubscribe links (default: the API itself)' },
  'quiet-hours': {
    value: 'HH:MM-HH:MM',
    about: "when nothing is mailed, in the customer's zone (default 21:00-08:00)",
  },
  'horizon-days': { value: 'DAYS', about: 'how far ahead a return chance looks (default 90)' },
  rhythm: { value: 'fast|normal|slow|durable', about: 'how often people buy here (default normal)' },
  'buyers-without-opt-in': {
    value: 'never|softOptIn|optOut',
    about: 'may buyers be mailed who never said yes (default never)',
  },
  'soft-opt-in-countries': {
    value: 'GB,DE,...',
    about: 'countries where the checkout gives the notice that softOptIn needs',
  },
  'double-opt-in': {
    value: 'never|always|DE,AT,...',
    about: 'whose yes is confirmed by mail before it counts (new stores: DE,AT)',
  },
  topics: { value: 'A,B', about: 'what people may leave out one by one, for example offers,news,loyalty' },
  warmup: {
    value: 'auto|off',
    about: 'a new sender begins with 200 mails a day and doubles for two weeks (default off)',
  },
  'pending-counts': { value: 'yes|no', about: 'pending orders count, for cash on delivery (default no)' },
  'exclude-tags': { value: 'A,B', about: 'customers with these tags get no stage and no mail' },
  'exclude-domains': { value: 'A,B', about: 'the same for addresses at these domains' },
  'exclude-channels': { value: 'A,B', about: 'the same for orders of these channels' },
  reward: { value: 'NAME=CODE', about: 'a discount code the shop has made, for example loyalty=THANKYOU', many: true },
  activate: { value: 'A,B', about: 'campaigns to switch on' },
};
