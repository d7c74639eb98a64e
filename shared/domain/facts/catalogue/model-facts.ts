import type { Facts } from '../fact.ts';

/** What the store's fit expects of a customer. */
export const modelFacts: Facts = {};
