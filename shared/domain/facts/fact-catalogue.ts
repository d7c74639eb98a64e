import { modelFacts } from './catalogue/model-facts.ts';
import { orderFacts } from './catalogue/order-facts.ts';
import { attributeFact, profileFacts } from './catalogue/profile-facts.ts';
import { silenceFacts } from './catalogue/silence-facts.ts';
import type { Fact, Facts } from './fact.ts';

/** Every fact a condition may name, but for the shop's own attributes. */
export const factCatalogue: Facts = { ...orderFacts, ...silenceFacts, ...modelFacts, ...profileFacts };

/** The fact of a name, if there is one. */
export const factNamed = (name: string): Fact | undefined =>
  Object.hasOwn(factCatalogue, name) ? factCatalogue[name] : attributeFact(name);
