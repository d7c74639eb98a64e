import type { LifecycleDraft } from '../../../../shared/domain/definitions/lifecycle-draft.ts';
import { ecommerce } from '../../../../shared/domain/lifecycle/ecommerce.ts';
import { presets } from '../../../../shared/domain/lifecycle/presets/presets.ts';
import type { StoreSettings } from '../../../../shared/domain/store.ts';
import { type DurationMs, days, type EpochMs, hours, minutes, seconds } from '../../../../shared/domain/time.ts';
import { oneOf, type Random } from '../../../local/shop/random.ts';
import { lifeOf, type Span } from './orders-of.ts';
import type { Person } from './people.ts';
import { type Account, type Item, poisonPlaces } from './scenario.ts';
import { topics } from './topics.ts';

/** A part of the program that a shop may use or not: what it sets, and what happens by it. */
type Feature = (random: Random, shop: Shop) => FeatureUse;
type Shop = Readonly<{
  span: Span;
  people: readonly Person[];
  /** Instants at which a mail may be due: what happens just before one is worth more than what happens at any time. */
  mailAt: readonly EpochMs[];
}>;
export type FeatureUse = Readonly<{
  store?: Partial<StoreSettings>;
  account?: Partial<Account>;
  keepsLog?: boolean;
  items: readonly Item[];
}>;

const instantIn = (random: Random, { from, to }: Span): EpochMs => Math.floor(from + random() * (to - from));
const beforeMail = (random: Random, { span, mailAt }: Shop): EpochMs =>
  mailAt.length === 0 || random() < 0.2
    ? instantIn(random, span)
    : Math.floor(oneOf(random, mailAt) - random() ** 2 * hours(16));
const many = <T>(random: Random, most: number, make: () => readonly T[]): readonly T[] =>
  Array.from({ length: 1 + Math.floor(random() * most) }, make).flat();

/** Something is switched on, and off again some hours or days later. */
const between = (
  random: Random,
  shop: Shop,
  longestMs: DurationMs,
  item: (at: EpochMs, isOn: boolean) => Item,
): readonly Item[] => {
  const at = beforeMail(random, shop);
  return [item(at, true), item(at + minutes(5) + random() * longestMs, false)];
};

const killSwitch: Feature = (random, shop) => ({
  items: many(random, 3, () =>
    between(random, shop, days(2), (at, isPaused) => ({
      ...({ type: 'switch', at, isPaused } as const),
      name: isPaused ? 'all mail is stopped' : 'mail goes again',
    })),
  ),
});

/** Not for long: what is held looks again every ten minutes. */
const storePause: Feature = (random, shop) => ({
  items: many(random, 3, () =>
    between(random, shop, days(1), (at, isPaused) => ({
      ...({ type: 'pause', at, isPaused } as const),
      name: isPaused ? 'the store is paused' : 'the store goes on',
    })),
  ),
});

const campaignPause: Feature = (random, shop) => {
  const all = ['lead-nurture', 'welcome', 'loyalty-reward', 'rescue', 'win-back', 'upsell'];
  return {
    items: many(random, 3, () =>
      between(random, shop, days(4), (at, isOn) => ({
        ...({ type: 'campaigns', at } as const),
        active: isOn ? all.filter(() => random() < 0.4) : all,
        name: 'campaigns',
      })),
    ),
  };
};

const breakers: Feature = (random, shop) => ({
  items: many(random, 3, () => {
    const [at, store] = [beforeMail(random, shop), oneOf(random, ['demo', 'other'])];
    const what = oneOf(random, ['bounced', 'complained'] as const);
    const count = what === 'bounced' ? 8 + Math.floor(random() * 8) : 2 + Math.floor(random() * 3);
    return [{ type: 'bad-news', at, store, what, count, name: `${count} ${what} mails of ${store}` }];
  }),
});

const pace: Feature = (random, { span }) => ({
  account: { perSecond: oneOf(random, [1, 5, 14]), perDay: oneOf(random, [3, 8, 40, 40]) },
  items: many(random, 2, () => {
    const [at, containers, mails] = [
      instantIn(random, span),
      2 + Math.floor(random() * 3),
      5 + Math.floor(random() * 25),
    ];
    const withinMs = random() < 0.5 ? seconds(5) : minutes(4);
    return [{ type: 'burst', at, containers, mails, withinMs, name: `${containers} others send ${mails} mails each` }];
  }),
});

const warmup: Feature = (random, shop) => {
  const first = beforeMail(random, shop);
  return {
    store: { warmupFrom: Math.max(shop.span.from, Math.floor(first - random() * days(5))) },
    items: [first, ...many(random, 3, () => [beforeMail(random, shop)])].map((at) => {
      const count = 200 + Math.floor(random() * 6_000);
      return { type: 'busy', at, count, name: `${count} mails left elsewhere` };
    }),
  };
};

const poison: Feature = (random, { span }) => {
  let n = 0;
  return {
    items: many(random, 6, () => {
      const [at, place] = [instantIn(random, span), oneOf(random, poisonPlaces)];
      const body = place.endsWith('stream') ? `S#demo#O#bogus:p-${++n}` : `{"poison ${++n}`;
      return [{ type: 'poison', at, place, body, name: `poison for ${place}` }];
    }),
  };
};

const lifecycles: readonly LifecycleDraft[] = [ecommerce, ...presets.map(({ lifecycle }) => lifecycle)].map(
  ({ name, stages, exclude }) => ({ name, stages, ...(exclude && { exclude }) }),
);

const definitions: Feature = (random, { span }) => ({
  items: many(random, 4, (): readonly Item[] => {
    const [at, what] = [instantIn(random, span), random()];
    if (what < 0.1) return [{ type: 'night', at, name: 'a night of fits' }];
    if (what < 0.25) return [{ type: 'fit', at, name: 'a fit is taken over' }];
    if (what < 0.5) {
      const rhythm = oneOf(random, ['fast', 'normal', 'slow', 'durable'] as const);
      return [{ type: 'rhythm', at, rhythm, name: `the rhythm is ${rhythm}` }];
    }
    const draft = oneOf(random, lifecycles);
    return [{ type: 'publish', at, draft, name: `lifecycle ${draft.name} is published` }];
  }),
});

/** Mostly soon after something was mailed or asked, as people do. */
const preferences: Feature = (random, shop) => ({
  store: { topics, doubleOptIn: oneOf(random, ['always', 'always', ['GB', 'AU'], 'never'] as const) },
  items: shop.people.flatMap(({ email }) =>
    email === undefined
      ? []
      : [
          ...many(random, 5, () => [
            {
              type: 'confirm' as const,
              at: instantIn(random, shop.span),
              email,
              name: `${email.split('@')[0]} confirms`,
            },
          ]),
          ...many(random, 3, (): readonly Item[] => {
            const wanted = topics.filter(() => random() < 0.6);
            const posted =
              random() < 0.15
                ? ({ type: 'stop' } as const)
                : ({ type: 'choice', wanted, monthly: random() < 0.5 } as const);
            return [{ type: 'choose', at: beforeMail(random, shop), email, posted, name: 'somebody chooses' }];
          }),
        ],
  ),
});

const holds: Feature = (random, shop) => ({
  items: shop.people.flatMap(({ accounts: [externalId] }) =>
    externalId === undefined
      ? []
      : many(random, 2, () => {
          const what = oneOf(random, ['case', 'refund']);
          return between(random, shop, days(4), (at, isOpen) =>
            caseItem(externalId, `${what}.${isOpen ? 'opened' : 'closed'}`, at),
          );
        }),
  ),
});

const caseItem = (externalId: string, name: string, at: EpochMs): Item => ({
  ...{ type: 'webhook', at: at + hours(0), name: `${name} of ${externalId}` },
  intake: {
    type: 'event',
    event: {
      ...({ store: 'demo', source: 'standard', eventId: `${name}-${externalId}-${at}`, at: Math.floor(at) } as const),
      body: { type: 'behaviour', name, properties: {}, customer: { externalId } },
    },
  },
});

/** Several orders of one person in one moment, after which little happens that would mend what they did to each other. */
const rush: Feature = (random, { span, people }) => ({
  items: people.slice(0, 2).flatMap((person) => {
    const at = Math.floor(span.to - random() * days(1));
    const orders = [7, 8, 9].flatMap((n) => lifeOf(random, person, at, n));
    return orders.map((item) => ({ ...item, at: at + (item.at > at + minutes(3) ? hours(8) : 0) + random() * 20 }));
  }),
});

/** Mostly longer than the stream keeps what nobody reads. */
const outage: Feature = (random, shop) => {
  const readers = oneOf(random, [['react', 'relay'], ['react'], ['relay'], ['relay']] as const);
  const forMs = random() < 0.3 ? hours(6 + random() * 40) : days(2 + random() * 28);
  const at = Math.max(shop.span.from, beforeMail(random, shop) - days(7) - (random() * forMs) / 2);
  const reconcileAfterMs = random() * hours(12);
  const name = `${readers.join(' and ')} stand still for ${Math.round(forMs / hours(1))} hours`;
  return { items: [{ type: 'outage', at, readers, forMs, reconcileAfterMs, name }] };
};

const erasureLog: Feature = () => ({ keepsLog: true, items: [] });

const features = {
  ...{ killSwitch, storePause, campaignPause, breakers, pace, warmup, poison, definitions, preferences, holds, rush },
  ...{ outage, erasureLog },
} satisfies Record<string, Feature>;

/** Each shop uses some features and not others: together they hide each other's bugs (Groce et al., Swarm Testing, 2012). */
export const usesOf = (random: Random, shop: Shop): readonly FeatureUse[] => {
  const share = random() * 0.4;
  return Object.values(features).flatMap((feature) => (random() < share ? [feature(random, shop)] : []));
};
