/** Why a decision came out differently. Only `order`, `event` and `time` fire campaigns. */
export const causes = ['order', 'event', 'import', 'correction', 'time', 'rebase'] as const;
export type Cause = (typeof causes)[number];
