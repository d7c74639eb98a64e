const levelPattern = /"level":"(INFO|WARN)"/;

/** Functions also log what is worth knowing; only faults, and whatever is no log line, are trouble. */
export const isTrouble = (line: string): boolean => !levelPattern.test(line);
