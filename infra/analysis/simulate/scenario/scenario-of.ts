import { defaultCampaigns } from '../../../../shared/domain/campaigns/default-campaigns.ts';
import type { StoreSettings } from '../../../../shared/domain/store.ts';
import { days, type EpochMs } from '../../../../shared/domain/time.ts';
import { oneOf, type Random, randomFor } from '../../../local/shop/random.ts';
import { type FaultFamily, type FaultKind, faultFamilies } from '../engine/faults.ts';
import { eventsOf } from './events-of.ts';
import { usesOf } from './features.ts';
import { ordersOf, type Span } from './orders-of.ts';
import { peopleOf, personalWords } from './people.ts';
import type { Account, Item, Scenario } from './scenario.ts';

const allCampaigns = defaultCampaigns.map(({ id }) => id);

/** Clocks go forward and back in the spans that begin here, and a leap day lies in one. */
const starts: readonly EpochMs[] = [
  Date.UTC(2025, 0, 6, 9),
  Date.UTC(2025, 2, 10, 9),
  Date.UTC(2025, 8, 25, 9),
  Date.UTC(2024, 1, 12, 9),
];

const shop = (random: Random, createdAt: EpochMs): StoreSettings => ({
  ...{ id: 'demo', name: 'Harbour & Pine', currency: 'GBP', timeZone: 'Europe/London', createdAt },
  ...{ from: 'Harbour & Pine <hello@harbour.example>', postalAddress: '1 Quay Street\nBristol' },
  siteUrl: 'https://harbour.example',
  ...{ horizonDays: 90, rhythm: 'fast', pendingCounts: random() < 0.2, exclude: {} },
  buyersWithoutOptIn: oneOf(random, ['never', 'never', 'optOut'] as const),
  rewardCodes: { loyalty: 'THANKYOU' },
  activeCampaigns: random() < 0.7 ? allCampaigns : allCampaigns.slice(2),
});

/** An account that was never near its limits. */
const roomy: Account = { perSecond: 14, perDay: 50_000 };

/** Makes a shop and its misfortunes from a seed; the same ones every time. */
export const scenarioOf = (seed: number): Scenario => {
  const random = randomFor('simulation', seed);
  const startAt = oneOf(random, starts);
  const span: Span = { from: startAt, to: startAt + days(8 + random() * 60) };
  const usual = shop(random, startAt);
  const people = peopleOf(random);
  const items = [
    ...people.flatMap((person) =>
      gathered(random, [...ordersOf(random, person, span), ...eventsOf(random, person, span)]),
    ),
    ...switches(random, span, usual),
  ];
  const faults = { type: 'drawn' as const, seed, rates: ratesOf(random) };
  // Drawn apart, so that a feature more leaves the shops as they are.
  const uses = usesOf(randomFor('simulated features', seed), { span, people, mailAt: items.flatMap(mailsAfter) });
  items.push(...uses.flatMap((use) => use.items));
  return {
    ...{ seed, startAt, faults },
    store: Object.assign({}, usual, ...uses.map((use) => use.store)),
    account: Object.assign({}, roomy, ...uses.map(({ account }) => account)),
    keepsLog: uses.some(({ keepsLog }) => keepsLog === true),
    endAt: span.to + days(random() < 0.4 ? 60 : 4),
    items: items.filter(({ at }) => at >= startAt).sort((a, b) => a.at - b.at),
    personal: people.flatMap(personalWords),
  };
};

/** When what somebody does may bring them a mail: welcome a week after an order, upsell after ten days, the others a day later. */
const mailsAfter = ({ type, at, ...item }: Item): readonly EpochMs[] => {
  if (type !== 'webhook' || !('intake' in item)) return [];
  if (item.intake.type === 'order') return [at + days(7), at + days(10)];
  return item.intake.type === 'event' && item.intake.event.body.type === 'customer' ? [at + days(1)] : [];
};

/** Some of what a person does waits and then comes in one moment with what they do next. */
const gathered = (random: Random, items: readonly Item[]): readonly Item[] => {
  const sorted = items.toSorted((a, b) => a.at - b.at);
  return sorted.map((item, n) => {
    const next = sorted[n + 1];
    return next === undefined || random() > 0.25 || next.at - item.at > days(4)
      ? item
      : { ...item, at: next.at - random() * 500 };
  });
};

const switches = (random: Random, { from, to }: Span, store: StoreSettings): readonly Item[] => {
  const at = (): EpochMs => Math.floor(from + random() * (to - from));
  const campaigns = (active: readonly string[]): Item => ({ type: 'campaigns', at: at(), name: 'campaigns', active });
  return [
    ...(random() < 0.3 ? [campaigns(allCampaigns)] : []),
    ...(random() < 0.15 ? [campaigns(store.activeCampaigns.slice(1))] : []),
    ...(random() < 0.3 ? [{ type: 'redrive' as const, at: at(), name: 'redrive' }] : []),
  ];
};

/** How often a fault of each family happens where it can, at its worst. */
const worst: Readonly<Record<FaultFamily, number>> = {
  ...{
    crash: 0.06,
    error: 0.08,
    slow: 0.06,
    stale: 0.5,
    twice: 0.3,
    late: 0.2,
    lost: 0.3,
    mail: 0.6,
    skew: 0.5,
    meanwhile: 0.8,
  },
};

/** Each run suffers from some families and not from others: together they hide each other's bugs. */
const ratesOf = (random: Random): Readonly<Partial<Record<FaultKind, number>>> => {
  const rates: Partial<Record<FaultKind, number>> = {};
  for (const family of Object.keys(faultFamilies) as FaultFamily[]) {
    const share = random() < 0.5 ? random() ** 2 * worst[family] : 0;
    for (const kind of faultFamilies[family]) rates[kind] = share / faultFamilies[family].length;
  }
  return rates;
};
