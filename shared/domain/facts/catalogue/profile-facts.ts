import { constant, type Fact, type Facts, type FactType } from '../fact.ts';

const signal = (type: FactType, name: string, about: string): Facts => ({
  [name]: constant(type, about, ({ signals }) => signals?.[name]?.value),
});

/** Who the person is, what they said, and what they did beside ordering. */
export const profileFacts: Facts = {
  'profile.country': constant('text', 'ISO 3166-1 alpha-2', ({ profile }) => profile.country),
  'profile.province': constant('text', 'ISO 3166-2 subdivision', ({ profile }) => profile.province),
  'profile.locale': constant('text', 'BCP 47', ({ profile }) => profile.locale),
  'profile.timeZone': constant('text', 'IANA time zone', ({ profile }) => profile.timeZone),
  'email.domain': constant('text', 'what follows the @', ({ profile }) => profile.email?.split('@')[1]),
  tags: constant('list', 'tags the shop gave', ({ profile }) => profile.tags),
  'consent.grantedAt': constant('instant', 'date of the consent that stands', ({ consent }) =>
    consent?.state === 'granted' ? consent.at : undefined,
  ),
  ...signal('instant', 'engagement.lastClickAt', 'last click by a person; opens are never a fact'),
  ...signal('instant', 'engagement.lastCartAt', 'last basket left behind'),
  ...signal('flag', 'subscription.active', 'a running subscription'),
  ...signal('flag', 'case.open', 'an open complaint or dispute'),
  ...signal('flag', 'refund.open', 'a refund asked for and not settled'),
  ...signal('number', 'loyalty.points', 'points in the loyalty scheme'),
  ...signal('text', 'loyalty.tier', 'tier in the loyalty scheme'),
  ...signal('number', 'feedback.nps', 'last answer to "would you recommend us", 0 to 10'),
  ...signal('number', 'feedback.score', 'last satisfaction score'),
  ...signal('instant', 'referral.lastAt', 'when they last brought somebody'),
  ...signal('text', 'churn.reason', 'why they said they left'),
};

const attributePattern = /^attributes\.[A-Za-z][A-Za-z0-9_]{0,39}$/;

/** An attribute of the shop's own, `attributes.NAME`, as its events set it. */
export const attributeFact = (name: string): Fact | undefined =>
  attributePattern.test(name)
    ? constant('any', 'an attribute of your own, set by attributes.changed', ({ signals }) => signals?.[name]?.value)
    : undefined;
