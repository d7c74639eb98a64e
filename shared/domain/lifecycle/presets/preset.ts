import { parseCondition } from '../../conditions/language/parse-condition.ts';
import { LifecycleError } from '../../errors.ts';
import type { Lifecycle, Stage } from '../lifecycle.ts';

/** A lifecycle a store may begin with. */
export type Preset = Readonly<{
  name: string;
  /** One paragraph for people who choose: whose model it is, and what its stages are called there. */
  about: string;
  lifecycle: Lifecycle;
}>;

/** Loyal customers, in every preset: those who order more often than three quarters of repeat customers. */
export const loyalRule = 'orders >= 3 and orders.last12Months in top 25% of repeat customers';

/**
 * A preset from its rules, read from the top; the last is `otherwise`.
 *
 * @throws {LifecycleError} `policy.invalid` when a rule cannot be read: the presets are ours, so this is our mistake.
 */
export const presetOf = (name: string, about: string, rules: Readonly<Record<string, string>>): Preset => {
  const stages = Object.entries(rules).map(([id, rule]): Stage => {
    if (rule === 'otherwise') return { id };
    const parsed = parseCondition(rule);
    if (parsed.type === 'condition') return { id, when: parsed.condition };
    throw new LifecycleError('policy.invalid', `cannot make preset ${name}: '${id}' must be a condition, got ${rule}`, {
      field: id,
      value: rule,
    });
  });
  return { name, about, lifecycle: { name, version: 1, stages } };
};
