import * as z from 'zod';
import type { Customer } from '../../../shared/domain/customers/customer.ts';
import type { FactValue } from '../../../shared/domain/facts/fact.ts';
import { factNamed } from '../../../shared/domain/facts/fact-catalogue.ts';
import { toIso } from '../../../shared/domain/time.ts';
import { personalRoles, type Role } from '../caller.ts';
import { instant } from '../instant.ts';
import type { StageReading } from './stage-reading.ts';

const profileView = z
  .object({
    email: z.string().optional(),
    firstName: z.string().optional(),
    lastName: z.string().optional(),
    locale: z.string().optional(),
    country: z.string().optional(),
    province: z.string().optional(),
    timeZone: z.string().optional(),
    tags: z.array(z.string()).optional(),
  })
  .meta({ description: 'Only for the roles marketer and admin' });

const factsView = z
  .record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.array(z.string())]))
  .meta({ description: 'Facts as conditions name them; an absent fact is not listed, instants are RFC 3339' });

const personalFacts = /^(profile\.|email\.|tags$|attributes\.|feedback\.|churn\.|case\.)/;

const factsFor = (facts: StageReading['facts'], role: Role): z.input<typeof factsView> => {
  const shown: z.input<typeof factsView> = {};
  for (const [name, value] of Object.entries(facts)) {
    if (personalFacts.test(name) && !personalRoles.includes(role)) continue;
    shown[name] = factNamed(name)?.type === 'instant' && typeof value === 'number' ? toIso(value) : copied(value);
  }
  return shown;
};

const copied = (value: FactValue) => (typeof value === 'object' ? [...value] : value);

export const customerView = z.object({
  id: z.string(),
  stage: z.string(),
  visit: z.number().int().meta({ description: 'Counts the stays in stages' }),
  since: instant.meta({ description: 'When the present visit began' }),
  wakeAt: instant.nullable().meta({ description: 'When time alone will next change the stage; null = never' }),
  facts: factsView,
  profile: profileView.optional(),
});

/** The customer as this role may see them. */
export const viewOfCustomer = (customer: Customer, reading: StageReading, role: Role): z.input<typeof customerView> => {
  const { tags, ...person } = customer.profile;
  return {
    id: customer.customerId,
    stage: customer.stage,
    visit: customer.visit,
    since: toIso(customer.since),
    wakeAt: customer.wakeAt === undefined ? null : toIso(customer.wakeAt),
    facts: factsFor(reading.facts, role),
    ...(personalRoles.includes(role)
      ? { profile: { ...person, ...(tags === undefined ? {} : { tags: [...tags] }) } }
      : {}),
  };
};
