import { hashOf } from '../hash.ts';

/** Says which mail this is, for ever: made twice it is one. The campaign's version is left out, so a republish cannot mail twice. */
export const sendIdOf = (
  parts: Readonly<{ store: string; campaign: string; step: string; customerId: string; occurrence: string }>,
): string => hashOf(['send', parts.store, parts.campaign, parts.step, parts.customerId, parts.occurrence]);
