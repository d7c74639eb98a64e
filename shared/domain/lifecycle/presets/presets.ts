import { ecommerce } from '../ecommerce.ts';
import { loyalRule, type Preset, presetOf } from './preset.ts';

/**
 * Customer relationship development in four stages; decline can follow any of them.
 *
 * @see Chen Mingliang, 客户生命周期模式研究, 2002, after Dwyer, Schurr and Oh, Developing Buyer-Seller Relationships, 1987.
 */
const fourStage = presetOf(
  'four-stage',
  'Relationship lifecycle: exploration (考察期), formation (形成期), stability (稳定期), and decline (退化期), which can follow any of them.',
  {
    decline: 'silence > 75%',
    stability: loyalRule,
    formation: 'orders >= 2',
    exploration: 'otherwise',
  },
);

const fiveStage = presetOf(
  'five-stage',
  'Differentiated service by stage: potential (潜在), new (新), growing (成长), mature (成熟) and declining (衰退) customers.',
  {
    potential: 'orders.placed = 0',
    declining: 'silence > 75%',
    mature: loyalRule,
    growing: 'orders >= 2',
    new: 'otherwise',
  },
);

const sixStage = presetOf(
  'six-stage',
  'Six periods: potential (潜在), developing (开发), growing (成长), mature (成熟), declining (衰退) and terminated (终止). Developing = a click, a basket or consent within 30 days, before any order.',
  {
    terminated: 'silence > 98%',
    declining: 'silence > 75%',
    mature: loyalRule,
    growing: 'orders >= 1',
    developing: 'engagement.lastClickAt within 30d or engagement.lastCartAt within 30d or consent.grantedAt within 30d',
    potential: 'otherwise',
  },
);

const acquisition = presetOf(
  'acquisition',
  'Contact centre: contact (接触), acquired (获取), converted (转化), retained (保留) and advocate (推荐). Nobody falls back: no rule looks at the clock.',
  {
    advocate: 'referral.lastAt exists or feedback.nps >= 9',
    retained: 'orders >= 2',
    converted: 'orders >= 1',
    acquired: 'consent.grantedAt exists',
    contact: 'otherwise',
  },
);

const engagement = presetOf(
  'engagement',
  'Touch points: awareness (认知), evaluation (评价), maintenance (维护), loyalty (忠诚), expansion (拓展: two categories or more) and re-activation (再激活).',
  {
    reactivation: 'silence > 90%',
    expansion: 'products.categoryCount >= 2',
    loyalty: loyalRule,
    maintenance: 'orders >= 2',
    evaluation: 'orders = 1',
    awareness: 'otherwise',
  },
);

const standard: Preset = {
  name: 'ecommerce',
  about:
    'The default: nine stages of a shop, with the second order and the end of a long silence as turning points. Only an order moves a customer up.',
  lifecycle: ecommerce,
};

/** Lifecycles to begin with, by name; the first is what a new store has. */
export const presets: readonly Preset[] = [standard, fourStage, fiveStage, sixStage, acquisition, engagement];
