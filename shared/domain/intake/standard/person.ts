import type { ConsentClaim, CustomerSnapshot } from '../../customers/profile.ts';
import { normaliseEmail } from '../../identity/normalise-email.ts';
import { type EpochMs, parseInstant } from '../../time.ts';
import { defined } from '../defined.ts';
import { tidyCountry, tidyLocale, tidyProvince, tidyZone } from '../tidy-place.ts';
import { tidyId, tidyText } from '../tidy-text.ts';
import type { StandardCustomer } from './schema.ts';

const consentOf = ({ consent }: StandardCustomer): ConsentClaim | undefined => {
  const at = consent?.at ? parseInstant(consent.at) : undefined;
  if (at === undefined || (consent?.email !== 'granted' && consent?.email !== 'withdrawn')) return undefined;
  return {
    state: consent.email,
    at,
    basis: 'express',
    source: `standard:${tidyText(consent.source, 60) ?? 'unstated'}`,
  };
};

/** When the customer's consent is dated, if it says anything. */
export const consentAt = (customer: StandardCustomer): EpochMs | undefined => consentOf(customer)?.at;

/** The person of a `standard` body, or `undefined` when it names nobody: no id and no address that can be mailed. */
export const standardPerson = (customer: StandardCustomer): CustomerSnapshot | undefined => {
  const externalId = tidyId(customer.id);
  const email = normaliseEmail(customer.email ?? '');
  if (externalId === undefined && email === undefined) return undefined;
  const tags = (customer.tags ?? []).flatMap((tag) => tidyText(tag, 60) ?? []);
  return defined({
    externalId,
    email,
    firstName: tidyText(customer.firstName),
    lastName: tidyText(customer.lastName),
    locale: tidyLocale(customer.locale),
    country: tidyCountry(customer.country),
    province: tidyProvince(customer.province),
    timeZone: tidyZone(customer.timeZone),
    tags: tags.length === 0 ? undefined : tags,
    consent: consentOf(customer),
  });
};
