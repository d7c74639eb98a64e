import type { EpochMs } from '../../../shared/domain/time.ts';
import type { Person } from './people.ts';
import { shopifyId } from './shopify-ids.ts';
import { shopifyTime } from './shopify-time.ts';

/** What Shopify says about a customer's e-mail consent: dated when there is a statement. */
export const shopifyConsent = (consentAt: EpochMs | undefined): Readonly<Record<string, string | null>> => ({
  state: consentAt === undefined ? 'not_subscribed' : 'subscribed',
  opt_in_level: 'single_opt_in',
  consent_updated_at: consentAt === undefined ? null : shopifyTime(consentAt),
});

export const shopifyAddress = ({ firstName, lastName, place }: Person): Readonly<Record<string, string | null>> => ({
  first_name: firstName,
  last_name: lastName,
  name: `${firstName} ${lastName}`,
  company: null,
  address1: '1 Quay Street',
  address2: null,
  city: place.city,
  zip: null,
  phone: null,
  province: place.province ?? null,
  province_code: place.province ?? null,
  country: place.countryName,
  country_code: place.country,
});

/** The customer resource: the body of `customers/*`, and part of an order's. */
export const shopifyCustomer = (
  person: Person,
  facts: Readonly<{ createdAt: EpochMs; updatedAt: EpochMs; consentAt?: EpochMs }>,
): Readonly<Record<string, unknown>> => ({
  id: shopifyId.customer(person.number),
  admin_graphql_api_id: `gid://shopify/Customer/${shopifyId.customer(person.number)}`,
  email: person.email,
  created_at: shopifyTime(facts.createdAt),
  updated_at: shopifyTime(facts.updatedAt),
  first_name: person.firstName,
  last_name: person.lastName,
  state: 'enabled',
  note: null,
  verified_email: true,
  multipass_identifier: null,
  tax_exempt: false,
  tax_exemptions: [],
  phone: null,
  email_marketing_consent: shopifyConsent(facts.consentAt),
  sms_marketing_consent: null,
  tags: '',
  currency: 'GBP',
  default_address: {
    ...shopifyAddress(person),
    customer_id: shopifyId.customer(person.number),
    country_name: person.place.countryName,
    default: true,
  },
});

/** The body of `customers/email_marketing_consent_update`. */
export const shopifyConsentUpdate = (person: Person, consentAt: EpochMs): Readonly<Record<string, unknown>> => ({
  customer_id: shopifyId.customer(person.number),
  email_address: person.email,
  email_marketing_consent: shopifyConsent(consentAt),
});
