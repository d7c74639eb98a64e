import { defaultCampaigns } from '../../../shared/domain/campaigns/default-campaigns.ts';
import { armOf } from '../../../shared/domain/campaigns/holdout.ts';
import { mintCustomerId } from '../../../shared/domain/identity/identities.ts';
import type { LocalRun } from './local-run.ts';

let taken = 0;

/** A fresh person whose arms are as wanted: the holdout is a hash, so one can be found beforehand. */
export const personWhere = (wanted: (arms: Readonly<Record<string, string>>) => boolean) => {
  for (;;) {
    taken += 1;
    const id = `c-${taken}`;
    const customerId = mintCustomerId('demo', `standard:${id}`);
    const arms = Object.fromEntries(
      defaultCampaigns.map((campaign) => [campaign.id, armOf('demo', campaign, customerId)]),
    );
    if (wanted(arms))
      return { id, email: `${id}@example.com`, firstName: 'Ada', country: 'GB', timeZone: 'Europe/London' };
  }
};

export type Person = ReturnType<typeof personWhere>;

export const mailedPerson = (): Person => personWhere((arms) => Object.values(arms).every((arm) => arm === 'mailed'));

/** A paid order placed at an instant; consent was given at this checkout. */
export const orderOf = (
  person: Person,
  orderId: string,
  placedAt: number,
  change: Readonly<Record<string, unknown>> = {},
) => ({
  id: orderId,
  status: 'paid',
  currency: 'GBP',
  total: '48.00',
  placedAt: new Date(placedAt).toISOString(),
  updatedAt: new Date(placedAt).toISOString(),
  customer: { ...person, consent: { email: 'granted', at: new Date(placedAt).toISOString(), source: 'checkout' } },
  lines: [{ sku: 'MUG-1', name: 'Mug', quantity: 1, price: '48.00' }],
  ...change,
});

/** Posts an order placed now. */
export const buy = async (
  run: LocalRun,
  person: Person,
  orderId: string,
  change: Readonly<Record<string, unknown>> = {},
) => {
  const at = await run.now();
  return run.standard('order.created', orderOf(person, `${person.id}-${orderId}`, at, change));
};

export const campaignsSentTo = async (run: LocalRun, person: Person): Promise<readonly string[]> =>
  (await run.inbox({ to: person.email })).map(({ tags }) => tags['campaign'] ?? '');
