import { didYouMean } from '../../did-you-mean.ts';
import { factCatalogue } from '../../facts/fact-catalogue.ts';

/** What other systems call a fact. Only suggested where the catalogue has the fact. */
const alsoCalled: Readonly<Record<string, string>> = {
  aov: 'averageOrder',
  attribute: 'attributes.NAME',
  attributes: 'attributes.NAME',
  categories: 'products.categories',
  clicked: 'engagement.lastClickAt',
  complaint: 'case.open',
  consent: 'consent.grantedAt',
  dayssincelastorder: 'silence.days',
  domain: 'email.domain',
  email: 'email.domain',
  frequency: 'orders',
  gmv: 'revenue',
  inactivity: 'silence',
  lastorder: 'lastOrder.at',
  lastpurchase: 'lastOrder.at',
  ltv: 'clv',
  monetary: 'revenue',
  ordercount: 'orders',
  points: 'loyalty.points',
  purchases: 'orders',
  recency: 'silence',
  referral: 'referral.lastAt',
  sales: 'revenue',
  sku: 'products.skus',
  spend: 'revenue',
  subscribed: 'subscription.active',
  tag: 'tags',
  tenure: 'tenure.days',
  tier: 'loyalty.tier',
  totalspent: 'revenue',
  turnover: 'revenue',
};

const lastPart = (name: string): string => name.split('.').at(-1)?.toLowerCase() ?? name;

const synonymOf = (word: string): string | undefined => {
  const key = word.toLowerCase().replace(/[^a-z]/g, '');
  const name = Object.hasOwn(alsoCalled, key) ? alsoCalled[key] : undefined;
  return name !== undefined && (name.startsWith('attributes.') || Object.hasOwn(factCatalogue, name))
    ? name
    : undefined;
};

/** The fact that was probably meant by a name that is none: a slip, its last part alone, or another system's word for it. */
export const factMeant = (word: string): string | undefined => {
  const names = Object.keys(factCatalogue);
  const byPart = names.filter((name) => name.includes('.') && lastPart(name) === word.toLowerCase());
  return synonymOf(word) ?? (byPart.length === 1 ? byPart[0] : undefined) ?? didYouMean(word, names);
};

/** What to say of a name that is no fact. */
export const unknownFact = (word: string): string => {
  if (word.startsWith('attributes.'))
    return `no attribute can be called \`${word}\`: write \`attributes.\` and a name of at most 40 letters, digits and _`;
  const meant = factMeant(word);
  return `no fact \`${word}\`${meant === undefined ? '' : `; did you mean \`${meant}\`?`}`;
};
