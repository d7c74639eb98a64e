import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import type { Attributes } from './codec.ts';

/** Two digits a byte and one more, one for a sign. */
const numberBytes = (digits: string): number => {
  const significant = digits.replace(/^-?0*|\.|0*$/g, '');
  return Math.ceil(significant.length / 2) + 1 + (digits.startsWith('-') ? 1 : 0);
};

/** Bytes of one value as DynamoDB counts them: a list or map takes 3 and 1 more for each member. */
export const attributeBytes = (attribute: AttributeValue): number => {
  if (attribute.S !== undefined) return Buffer.byteLength(attribute.S);
  if (attribute.N !== undefined) return numberBytes(attribute.N);
  if (attribute.L) return attribute.L.reduce((sum, part) => sum + 1 + attributeBytes(part), 3);
  if (attribute.M) return 3 + Object.keys(attribute.M).length + itemBytes(attribute.M);
  return 1;
};

/** Bytes of an item: names and values. @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html */
export const itemBytes = (item: Attributes): number =>
  Object.entries(item).reduce((sum, [name, value]) => sum + Buffer.byteLength(name) + attributeBytes(value), 0);
