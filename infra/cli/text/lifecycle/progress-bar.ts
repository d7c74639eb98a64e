const width = 30;

/** `████████░░░░  1,204 of 4,830 customers`. */
export const progressBar = (done: number, of: number, what: string): string => {
  const full = of === 0 ? width : Math.min(width, Math.floor((done / of) * width));
  const bar = '█'.repeat(full) + '░'.repeat(width - full);
  return `  ${bar}  ${Math.min(done, of).toLocaleString('en-GB')} of ${of.toLocaleString('en-GB')} ${what}`;
};
