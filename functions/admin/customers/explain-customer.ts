import * as z from 'zod';
import type { ConsentFile } from '../../../shared/domain/consent/fold-consent.ts';
import { mayMail } from '../../../shared/domain/consent/may-mail.ts';
import { type MailPermission, permissionWords } from '../../../shared/domain/consent/permission.ts';
import type { Contact } from '../../../shared/domain/customers/contact.ts';
import type { Customer } from '../../../shared/domain/customers/customer.ts';
import { standsSuppressed } from '../../../shared/domain/customers/suppression.ts';
import { causes } from '../../../shared/domain/lifecycle/cause.ts';
import { toIso } from '../../../shared/domain/time.ts';
import type { CustomerFile } from '../../../shared/ports/customer-store.ts';
import { anyRole } from '../caller.ts';
import { instant, isoOf } from '../instant.ts';
import { defineRoute, noBody, ok } from '../route.ts';
import { customerView, viewOfCustomer } from './customer-view.ts';
import { findCustomer } from './find-customer.ts';
import { readStage } from './stage-reading.ts';

export const explanationView = customerView.extend({
  now: instant.meta({ description: 'When this was asked; facts are as of then' }),
  from: z.string().optional().meta({ description: 'The stage before' }),
  cause: z.enum(causes),
  decidedAt: instant,
  decidedUnder: z.object({ lifecycle: z.number().int(), fit: z.number().int() }),
  lifecycle: z.string().meta({ description: 'Name of the lifecycle decided under' }),
  rule: z.string().meta({ description: 'The line of the lifecycle that holds' }),
  rules: z
    .array(z.object({ stage: z.string(), rule: z.string(), holds: z.boolean() }))
    .meta({ description: 'Every line of the lifecycle from the top; the first that holds is the stage' }),
  adopted: z
    .object({ lifecycle: z.number().int(), fit: z.number().int(), stage: z.string() })
    .meta({ description: 'The versions the next event or wake will decide under, and the stage they give now' }),
  next: z
    .object({ stage: z.string(), at: instant, rule: z.string() })
    .nullable()
    .meta({ description: 'What time alone will do next; null = nothing' }),
  consent: z
    .object({
      state: z.enum(['granted', 'pending', 'withdrawn']),
      at: instant,
      basis: z.enum(['express', 'soft', 'implied']),
    })
    .nullable()
    .meta({ description: 'The latest dated statement; null = none was ever made' }),
  mayBeMailed: z.boolean().meta({ description: 'Whether marketing may go to them now, all they said taken together' }),
  mailPermission: z.object({ because: z.string(), words: z.string(), until: instant.optional() }).meta({
    description: 'What decides whether marketing may go; until = consent ends then by law. Suppression stands apart',
  }),
  silenceHorizonDays: z
    .number()
    .meta({ description: 'The fact `silence` looks at customers who return within so many days' }),
  contact: z.object({
    optedOutAt: instant.optional(),
    complainedAt: instant.optional(),
    suppressedAt: instant.optional(),
    suppressedBy: z.enum(['bounce', 'complaint', 'operator']).optional(),
  }),
});

const consentFileOf = ({ customer, contact }: CustomerFile): readonly ConsentFile[] =>
  customer === undefined ? [] : [{ customer, contact }];

const viewOfPermission = (permission: MailPermission) => ({
  because: permission.because,
  words: permissionWords(permission),
  until: permission.may ? isoOf(permission.until) : undefined,
});

const saidBy = ({ consent }: Customer, contact: Contact) => ({
  consent: consent === undefined ? null : { state: consent.state, at: toIso(consent.at), basis: consent.basis },
  contact: {
    optedOutAt: isoOf(contact.optedOutAt),
    complainedAt: isoOf(contact.complainedAt),
    ...(standsSuppressed(contact)
      ? { suppressedAt: isoOf(contact.suppressedAt), suppressedBy: contact.suppressedBy }
      : {}),
  },
});

export const explainCustomer = defineRoute({
  method: 'GET',
  path: '/v1/customers/{id}:explain',
  operationId: 'explainCustomer',
  summary: 'Why the customer stands where they stand, what comes next by time alone, and whether they may be mailed',
  roles: anyRole,
  query: z.strictObject({}),
  body: noBody,
  response: explanationView,
  refusals: { 404: 'No such customer', 410: 'The customer was erased' },
  async run(deps, call) {
    const found = await findCustomer(deps, call.store.id, call.params['id'] ?? '', 'decision');
    if (found.type === 'problem') return found;
    const { customer, file } = found;
    const reading = await readStage(deps, customer, call);
    const aliases = await Promise.all(
      (customer.aliases ?? []).map((alias) => deps.customers.load(call.store.id, alias, 'decision')),
    );
    const said = [file, ...aliases].flatMap(consentFileOf);
    const permission = mayMail(call.store, said, call.now);
    return ok({
      ...viewOfCustomer(customer, reading, call.role),
      now: toIso(call.now),
      from: customer.from,
      cause: customer.cause,
      decidedAt: toIso(customer.decidedAt),
      decidedUnder: { ...customer.decidedUnder },
      lifecycle: reading.lifecycle,
      rule: reading.rule,
      rules: reading.rules.map((line) => ({ ...line })),
      adopted: { ...reading.adopted },
      next: reading.next === undefined ? null : { ...reading.next, at: toIso(reading.next.at) },
      silenceHorizonDays: reading.silenceHorizonDays,
      mayBeMailed: !said.some(({ contact }) => standsSuppressed(contact)) && permission.may,
      mailPermission: viewOfPermission(permission),
      ...saidBy(customer, file.contact),
    });
  },
});
