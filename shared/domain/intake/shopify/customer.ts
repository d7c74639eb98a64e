import type { CustomerSnapshot } from '../../customers/profile.ts';
import { hashOf } from '../../hash.ts';
import { normaliseEmail } from '../../identity/normalise-email.ts';
import { type EpochMs, parseInstant } from '../../time.ts';
import { defined } from '../defined.ts';
import { type DeliveryContext, quarantined } from '../delivery.ts';
import type { CustomerEvent, Intake } from '../intake.ts';
import { aheadMs } from '../plausible-times.ts';
import { customerConsent, isRedacted, pastInstant } from './consent.ts';
import { checkoutPayload, consentPayload, customerPayload, idsPayload, mergePayload } from './payload.ts';
import { personOf } from './person.ts';

const unreadable = (context: DeliveryContext): Intake => quarantined('shopify', context, 'unreadable-payload');

const event = (
  context: DeliveryContext,
  at: EpochMs,
  body: CustomerEvent['body'],
  eventId = context.eventId,
): Intake => ({
  type: 'event',
  event: { store: context.store, source: 'shopify', eventId, at, body },
});

// Dated by receipt: an erasure must not be older than anything that was there when it came.
const erasure = (context: DeliveryContext, externalId: string | undefined, email?: string): Intake =>
  externalId === undefined && email === undefined
    ? quarantined('shopify', context, 'no-identity')
    : event(context, context.now, { type: 'erase', ...defined({ externalId, email }) });

const happenedAt = (context: DeliveryContext, updatedAt?: string | null): EpochMs =>
  parseInstant(updatedAt ?? '') ?? context.triggeredAt ?? context.now;

/** `customers/create`, `/update`, `/enable`, `/disable`: the person as they are now. */
export const customerIntake = (body: unknown, context: DeliveryContext): Intake => {
  const parsed = customerPayload.safeParse(body);
  if (!parsed.success) return unreadable(context);
  const payload = parsed.data;
  const at = happenedAt(context, payload.updated_at);
  const consent = customerConsent(payload, at, context.now);
  const customer = personOf({ customer: payload, addresses: [payload.default_address], consent });
  if (customer?.externalId === undefined) return unreadable(context);
  if (isRedacted(payload)) return erasure(context, customer.externalId);
  const isAhead = at > context.now + aheadMs;
  if (isAhead) return quarantined('shopify', context, 'future-updated-at', { customer: customer.externalId });
  return event(context, at, { type: 'customer', customer });
};

/** `customers_email_marketing_consent/update`: a statement and nothing else. */
export const consentIntake = (body: unknown, context: DeliveryContext): Intake => {
  const parsed = consentPayload.safeParse(body);
  if (!parsed.success) return unreadable(context);
  const { customer_id: externalId, email_address: address, email_marketing_consent } = parsed.data;
  if (isRedacted({ email_marketing_consent })) return erasure(context, externalId);
  const at = pastInstant(email_marketing_consent?.consent_updated_at, context.now) ?? happenedAt(context);
  const consent = customerConsent(
    { email_marketing_consent, accepts_marketing: undefined, accepts_marketing_updated_at: undefined },
    at,
    context.now,
  );
  if (!consent) return { type: 'nothing', reason: 'no-consent-statement' };
  const customer: CustomerSnapshot = defined({ externalId, email: normaliseEmail(address ?? ''), consent });
  if (customer.externalId === undefined && customer.email === undefined)
    return quarantined('shopify', context, 'no-identity');
  return event(context, at, { type: 'customer', customer });
};

const gidNumber = (gid: string): string | undefined => /^gid:\/\/shopify\/Customer\/(\d{1,40})$/.exec(gid)?.[1];

/** `customers/merge`: only a merge that was carried out counts. */
export const mergeIntake = (body: unknown, context: DeliveryContext): Intake => {
  const parsed = mergePayload.safeParse(body);
  if (!parsed.success) return unreadable(context);
  const keepExternalId = gidNumber(parsed.data.admin_graphql_api_customer_kept_id);
  const loseExternalId = gidNumber(parsed.data.admin_graphql_api_customer_deleted_id);
  if (!keepExternalId || !loseExternalId) return unreadable(context);
  if (parsed.data.status?.toLowerCase() !== 'completed') return { type: 'nothing', reason: 'merge-not-completed' };
  return event(context, happenedAt(context), { type: 'merge', keepExternalId, loseExternalId });
};

/** `customers/delete`: the shop has removed the customer. */
export const deletedCustomerIntake = (body: unknown, context: DeliveryContext): Intake => {
  const parsed = idsPayload.safeParse(body);
  return parsed.success ? erasure(context, parsed.data.id) : unreadable(context);
};

/** `customers/redact`: the law asks for erasure; the address is named because a guest has no customer id. */
export const redactIntake = (body: unknown, context: DeliveryContext): Intake => {
  const parsed = idsPayload.safeParse(body);
  if (!parsed.success) return unreadable(context);
  const { customer } = parsed.data;
  return erasure(context, customer?.id, normaliseEmail(customer?.email ?? ''));
};

/**
 * `checkouts/create` and `/update`: somebody known began to check out, told once per checkout.
 *
 * Whether it was abandoned no webhook says: that is this event without an order after it. The recovery address is left out, it is a key.
 */
export const checkoutIntake = (body: unknown, context: DeliveryContext): Intake => {
  const parsed = checkoutPayload.safeParse(body);
  if (!parsed.success) return unreadable(context);
  const { data: checkout } = parsed;
  if (checkout.completed_at) return { type: 'nothing', reason: 'checkout-completed' };
  const customer = personOf({
    customer: checkout.customer,
    emails: [checkout.email],
    addresses: [checkout.shipping_address, checkout.customer?.default_address, checkout.billing_address],
    locales: [checkout.customer_locale],
  });
  if (!customer) return { type: 'nothing', reason: 'no-identity' };
  const properties = defined({
    total: checkout.total_price ?? undefined,
    currency: checkout.currency ?? undefined,
    lines: checkout.line_items?.length,
  });
  const at = pastInstant(checkout.created_at, context.now) ?? happenedAt(context);
  const body_ = { type: 'behaviour', customer, name: 'checkout.started', properties } as const;
  return event(context, at, body_, hashOf(['shopify', 'checkout.started', checkout.id]));
};
