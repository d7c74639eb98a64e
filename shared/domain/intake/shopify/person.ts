import type { ConsentClaim, CustomerSnapshot } from '../../customers/profile.ts';
import { normaliseEmail } from '../../identity/normalise-email.ts';
import { defined } from '../defined.ts';
import { tidyCountry, tidyLocale, tidyProvince } from '../tidy-place.ts';
import { tidyText } from '../tidy-text.ts';
import { isRedacted } from './consent.ts';
import type { CustomerPayload, OrderPayload } from './payload.ts';

type Address = OrderPayload['billing_address'];

/** Everything a payload may say about one person, most telling first where several say the same. */
export type PersonParts = Readonly<{
  customer?: CustomerPayload | null | undefined;
  /** Addresses typed at the checkout; the account's own comes first. */
  emails?: readonly (string | null | undefined)[];
  addresses: readonly Address[];
  locales?: readonly (string | null | undefined)[];
  consent?: ConsentClaim | undefined;
}>;

const first = <T, R>(values: readonly T[], read: (value: T) => R | undefined): R | undefined => {
  for (const value of values) {
    const found = read(value);
    if (found !== undefined) return found;
  }
  return undefined;
};

/** Shopify keeps tags as one text with commas. */
export const shopifyTags = (tags: string | null | undefined): readonly string[] =>
  (tags ?? '')
    .split(',')
    .flatMap((tag) => tidyText(tag, 60) ?? [])
    .slice(0, 100);

const nameOf = (parts: PersonParts): Pick<CustomerSnapshot, 'firstName' | 'lastName'> => {
  // First and last name come from one place: mixing them would make a person who does not exist.
  const named = [parts.customer, ...parts.addresses].find((p) => tidyText(p?.first_name) ?? tidyText(p?.last_name));
  return defined({ firstName: tidyText(named?.first_name), lastName: tidyText(named?.last_name) });
};

/**
 * The person of a payload, or `undefined` when it names nobody: no customer id and no usable address (a phone number is no identity here).
 */
export const personOf = (parts: PersonParts): CustomerSnapshot | undefined => {
  const { customer, consent, addresses } = parts;
  const externalId = customer?.id;
  // What Shopify has erased must not come back from the copies it left on an order.
  if (isRedacted(customer)) return externalId === undefined ? undefined : { externalId };
  const email = first([customer?.email, ...(parts.emails ?? [])], (text) => normaliseEmail(text ?? ''));
  if (externalId === undefined && email === undefined) return undefined;
  const place = addresses.find((address) => tidyCountry(address?.country_code));
  const tags = shopifyTags(customer?.tags);
  return defined({
    externalId,
    email,
    ...nameOf(parts),
    locale: first([...(parts.locales ?? []), customer?.locale], tidyLocale),
    country: tidyCountry(place?.country_code),
    province: tidyProvince(place?.province_code),
    tags: tags.length === 0 ? undefined : tags,
    consent,
  });
};
