/** What the local run makes of a property. */
export type Support =
  | { type: 'honoured' }
  | { type: 'inert'; reason: string }
  | { type: 'refused'; reason: string }
  | { type: 'nested'; of: Readonly<Record<string, Support>> };

export const honoured: Support = { type: 'honoured' };
/** Accepted, without effect here, for this reason. */
export const inert = (reason: string): Support => ({ type: 'inert', reason });
/** Known, and not done here, for this reason. */
export const refused = (reason: string): Support => ({ type: 'refused', reason });
/** An object, or a list of objects, whose fields are listed one by one. */
export const nested = (of: Readonly<Record<string, Support>>): Support => ({ type: 'nested', of });
