import type { Finished } from '../run-scenario.ts';

/** Names and addresses of the simulated people are words that stand nowhere else. */
export const personalData = ({ scenario, system }: Finished): readonly string[] => {
  const places = [
    ['a log line', system.logs],
    ['a fact on the bus', system.facts],
    ['a mail tag', system.mails.map(({ mail }) => mail.tags)],
  ] as const;
  return places.flatMap(([place, values]) => {
    const text = JSON.stringify(values);
    return scenario.personal.some((word) => text.includes(word)) ? [`${place} names a person`] : [];
  });
};
