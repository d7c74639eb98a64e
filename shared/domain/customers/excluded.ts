import type { Exclusions } from '../store.ts';
import type { StageId } from './customer.ts';
import type { Profile } from './profile.ts';

/** Where staff, wholesale buyers and marketplace relay addresses stand: in no stage, counted apart, mailed nothing. */
export const excludedStage: StageId = 'excluded';

/** Whether the store keeps this person out of stages, fits and mail. */
export const isExcluded = ({ tags = [], email }: Profile, exclude: Exclusions): boolean => {
  const domain = email?.split('@')[1];
  return (
    tags.some((tag) => exclude.tags?.includes(tag)) ||
    (domain !== undefined && (exclude.emailDomains ?? []).includes(domain))
  );
};
