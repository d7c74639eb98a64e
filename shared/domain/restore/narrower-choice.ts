import type { Contact } from '../customers/contact.ts';
import type { LoggedChoice } from './log-entry.ts';

type Chosen = Pick<Contact, 'topicsOff' | 'monthlySince' | 'chosenAt'>;

/**
 * What stands when a logged choice is put back. It only ever leaves out more; what the customer chose later stays as it is.
 *
 * @returns `undefined` when nothing would change.
 */
export const narrowerChoice = (there: Chosen, logged: LoggedChoice): Chosen | undefined => {
  const { topicsOff = [], monthlySince, chosenAt } = there;
  if (chosenAt !== undefined && chosenAt > logged.at) return undefined;
  const added = logged.topicsOff.filter((topic) => !topicsOff.includes(topic));
  const since = monthlySince ?? logged.monthlySince;
  if (added.length === 0 && since === monthlySince) return undefined;
  return {
    topicsOff: [...topicsOff, ...added],
    ...(since === undefined ? {} : { monthlySince: since }),
    chosenAt: logged.at,
  };
};
