/** What one check found out; `unknown` could not be checked from here. */
export type Finding = Readonly<{
  check: string;
  level: 'well' | 'warn' | 'bad' | 'unknown';
  /** One sentence: what is so, and what it means. */
  says: string;
  /** DNS lines to paste at the domain, or commands to run. */
  paste?: readonly string[];
}>;

export const well = (check: string, says: string): Finding => ({ check, level: 'well', says });
export const unknown = (check: string, says: string): Finding => ({ check, level: 'unknown', says });
export const warn = (check: string, says: string, paste: readonly string[] = []): Finding => ({
  ...{ check, level: 'warn', says, paste },
});
export const bad = (check: string, says: string, paste: readonly string[] = []): Finding => ({
  ...{ check, level: 'bad', says, paste },
});
