import { factCatalogue } from '../../facts/fact-catalogue.ts';
import { adoptions, lifecycleName, maxExclusions, maxStages, reservedStages, stageName } from '../lifecycle-draft.ts';

const factLines = Object.entries(factCatalogue).map(([name, { type, about }]) => `- \`${name}\` (${type}): ${about}`);

const onConditions = [
  'Facts and comparisons joined by `and`, `or` and `not`, with brackets; `otherwise` for the last stage.',
  'Comparisons: `= != > >= < <=`, `in [a, b]`, `in top 25% of repeat customers`, `has x`, `within 30d`, `older than 30d`, `exists`, `missing`.',
  'A fact that is not known makes a comparison false and is never zero.',
  '',
  ...factLines,
  '- `attributes.NAME` (any): an attribute of your own',
].join('\n');

const examples = [
  'orders >= 2',
  'silence > 75%',
  'orders <= 1 and silence > 75%',
  'silence > 98% and silence.days > 120',
  'orders >= 3 and orders.last12Months in top 25% of repeat customers',
  'lastOrder.at within 30d',
  'tags has wholesale or tags has staff',
  'email.domain in [marketplace.amazon.co.uk, members.ebay.com]',
  'subscription.active and not case.open',
  'referral.lastAt exists or feedback.nps >= 9',
];

const condition = (more: readonly string[]) => ({
  type: 'string',
  minLength: 1,
  description: onConditions,
  markdownDescription: onConditions,
  examples: [...examples, ...more],
});

const stage = {
  type: 'object',
  minProperties: 1,
  maxProperties: 1,
  propertyNames: { pattern: stageName.source, not: { enum: [...reservedStages] } },
  additionalProperties: condition(['otherwise']),
};

/**
 * JSON Schema (2020-12) of `lifecycle.yaml`, for completion and marks in editors, published as docs/schemas/lifecycle.schema.json.
 * It knows the shape; what conditions and stages may be together is the reader's to say.
 */
export const lifecycleJsonSchema = (): object => ({
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'Perennial lifecycle',
  description:
    'The stages of a store\u2019s customers. Read from the top: the first line that fits is the customer\u2019s stage.',
  type: 'object',
  required: ['lifecycle', 'stages'],
  additionalProperties: false,
  properties: {
    lifecycle: { type: 'string', pattern: lifecycleName.source, description: 'What this lifecycle is called.' },
    stages: {
      type: 'array',
      minItems: 1,
      maxItems: maxStages,
      description: 'One line a stage, `- name: condition`, the last `- name: otherwise`.',
      items: stage,
    },
    exclude: {
      type: 'array',
      maxItems: maxExclusions,
      description:
        'Who stands in no stage: out of fits and mail, counted apart. Only facts that time alone does not change.',
      items: condition([]),
    },
    adopt: {
      enum: [...adoptions],
      default: 'monthly',
      description: 'When new thresholds are taken over: on the 1st of the month, or never by themselves.',
    },
  },
});
