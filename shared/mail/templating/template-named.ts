import { LifecycleError } from '../../domain/errors.ts';
import type { TemplateSource } from './template-source.ts';
import { templates } from './templates.generated.ts';

export type NamedTemplate = TemplateSource & Readonly<{ name: string }>;

/** The templates that ship, as campaign steps name them. */
export const templateNames: readonly string[] = Object.keys(templates);

const shipped: ReadonlyMap<string, TemplateSource> = new Map(Object.entries(templates));

export const templateNamed = (name: string): NamedTemplate => {
  const source = shipped.get(name);
  if (source !== undefined) return { name, ...source };
  throw new LifecycleError('template.unknown', `cannot render mail: 'template' must be one that ships, got '${name}'`, {
    template: name,
  });
};
