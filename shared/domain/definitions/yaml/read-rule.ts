import { isScalar } from 'yaml';
import type { Condition } from '../../conditions/condition.ts';
import { otherwiseMeant, parseCondition } from '../../conditions/language/parse-condition.ts';
import type { Span } from '../../conditions/language/parsing/token.ts';
import type { Rule } from '../reachability/unreachable.ts';
import { kindOf, spanOf, textOf } from './read-yaml.ts';
import { spanInSource } from './scalar-places.ts';
import type { Path, Source } from './source.ts';

/** A definition file being read. Where its YAML is broken, only what sentences say is found fault with: the rest would be guesses. */
export type Reading = Readonly<{ source: Source; broken: boolean }>;

/** Finds fault with the shape of a file, unless its YAML is broken. */
export const shapeFault = ({ source, broken }: Reading, span: Span, path: Path, message: string): undefined => {
  if (!broken) source.fault(span, path, message);
};

/** A condition in a file, and where its parts stand. */
export type PlacedCondition = Readonly<{ condition: Condition; placeOf: (part: Condition) => Span }>;

const wanted = 'expected a condition, such as `orders >= 2`';

/** The condition a node holds; what is wrong with it is noted. */
export const readConditionNode = (reading: Reading, node: unknown, path: Path): PlacedCondition | undefined => {
  const text = textOf(node);
  if (!isScalar(node) || text === undefined || text === '')
    return shapeFault(reading, spanOf(node), path, `${wanted}, got ${kindOf(node)}`);
  const { source, broken } = reading;
  if (broken && source.isFaultyIn(spanOf(node))) return undefined;
  const place = (span: Span): Span => spanInSource(node, text, source.text, span);
  const parsed = parseCondition(text);
  if (parsed.type === 'condition') {
    const { condition, spans } = parsed;
    return { condition, placeOf: (part) => place(spans.get(part) ?? { from: 0, to: text.length }) };
  }
  for (const { message, ...span } of parsed.faults) source.fault(place(span), path, message);
  return undefined;
};

/** The rule of a stage: a condition or `otherwise`. */
export const readRuleNode = (reading: Reading, node: unknown, path: Path): Rule => {
  const text = textOf(node);
  const meant = text === undefined ? 'no' : otherwiseMeant(text);
  if (meant === 'yes') return 'otherwise';
  if (meant === 'no') return readConditionNode(reading, node, path)?.condition;
  return shapeFault(reading, spanOf(node), path, `no rule \`${text}\`; did you mean \`otherwise\`?`);
};
