import type { RequestContext } from '../access-request.ts';
import { type Json, recordOf, textOf } from './json.ts';

/** Words of the expression language, which name no attribute. */
const words = new Set(
  'and or not in between attribute_exists attribute_not_exists attribute_type begins_with contains size'.split(' '),
);
const term = /[#:]?[A-Za-z_][\w-]*/g;

/** Top-level attributes an expression names; what follows a dot is part of one. */
const namedIn = (expression: string, names: Json): string[] =>
  (expression.replace(/\.\s*[#\w]+/g, '').match(term) ?? [])
    .filter((name) => !name.startsWith(':') && !words.has(name.toLowerCase()))
    .map((name) => (name.startsWith('#') ? textOf(names[name]) : name));

/**
 * What a scan tells of the attributes it reads: those of its projection and its filter. Without a projection it asks for all
 * attributes, and says so by `dynamodb:Select`.
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/specifying-conditions.html
 */
export const attributesRead = (call: Json): RequestContext => {
  const names = recordOf(call['ExpressionAttributeNames']);
  const projection = textOf(call['ProjectionExpression']);
  const named = [projection, textOf(call['FilterExpression'])].flatMap((expression) => namedIn(expression, names));
  const select = textOf(call['Select']) || (projection === '' ? 'ALL_ATTRIBUTES' : 'SPECIFIC_ATTRIBUTES');
  return { 'dynamodb:attributes': [...new Set(named)], 'dynamodb:select': [select] };
};
