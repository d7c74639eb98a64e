import { RefusedHere } from '../refusal.ts';
import type { Support } from './support.ts';
import { supportedResources } from './supported.ts';
import type { ResolvedResource } from './template.ts';

/** Throws for a resource type or property that the local run does not know or does not do. */
export const checkSupported = ({ stack, logicalId, type, properties }: ResolvedResource): void => {
  const known = supportedResources[type];
  const where = `${stack}/${logicalId}`;
  if (known === undefined) throw new RefusedHere('run the stack here', where, 'be of a listed resource type', type);
  checkFields(known, properties, where, type);
};

const checkFields = (known: Readonly<Record<string, Support>>, value: object, where: string, type: string): void => {
  for (const [name, field] of Object.entries(value)) {
    const support = Object.hasOwn(known, name) ? known[name] : undefined;
    if (support === undefined)
      throw new RefusedHere('run the stack here', `${where}.${name}`, `be a listed property of ${type}`, field);
    checkField(support, field, `${where}.${name}`, type);
  }
};

const checkField = (support: Support, value: unknown, where: string, type: string): void => {
  if (support.type === 'refused')
    throw new RefusedHere('run the stack here', where, `be left out (${support.reason})`, value);
  if (support.type !== 'nested') return;
  for (const item of Array.isArray(value) ? value : [value]) {
    if (typeof item === 'object' && item !== null) checkFields(support.of, item, where, type);
  }
};
