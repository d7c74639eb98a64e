import type { Finished } from '../run-scenario.ts';
import { marketingMails } from './rows.ts';

/** Transactional mail that nobody vouches for is tried again; marketing never is. */
export const oneAccept = (run: Finished): readonly string[] => {
  const times = new Map<string, number>();
  for (const { mail } of marketingMails(run)) times.set(mail.sendId, (times.get(mail.sendId) ?? 0) + 1);
  return [...times].flatMap(([sendId, n]) => (n > 1 ? [`send ${sendId} was accepted ${n} times`] : []));
};
