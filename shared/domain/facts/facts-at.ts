import type { EpochMs } from '../time.ts';
import type { FactValue } from './fact.ts';
import { factCatalogue, factNamed } from './fact-catalogue.ts';
import type { Subject } from './subject.ts';

/** Every fact that is known of a customer at an instant; an unknown one is absent, never zero. */
export const factsAt = (subject: Subject, at: EpochMs): Readonly<Record<string, FactValue>> => {
  const known: Record<string, FactValue> = {};
  for (const [name, fact] of Object.entries(factCatalogue)) {
    const value = fact.value(subject, at);
    if (value !== undefined) known[name] = value;
  }
  for (const [name, { value }] of Object.entries(subject.signals ?? {})) if (factNamed(name)) known[name] ??= value;
  return known;
};
