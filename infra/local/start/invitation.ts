import type { StartOptions } from './options.ts';

const perennial = 'npm run perennial --';

/** What to do next: only what exists, with addresses that work. */
export const invitationFor = (options: StartOptions, inbox: string, example: string | undefined): readonly string[] => {
  const explain = example === undefined ? [] : [`why somebody stands where they do    ${perennial} explain ${example}`];
  const own =
    options.play.type === 'orders'
      ? []
      : ['play your own history                 npm start -- --orders shopify-orders.csv'];
  return [
    `every mail that went out              ${inbox}`,
    `send an order yourself, signed        ${perennial} order --as ${example ?? 'ada@example.com'} --total 59`,
    ...explain,
    `move the clock, see who is mailed     ${perennial} clock +30d`,
    ...own,
    options.dataDir === undefined
      ? 'Ctrl-C stops and forgets everything.'
      : `Ctrl-C stops; the data stay in ${options.dataDir}.`,
  ];
};
