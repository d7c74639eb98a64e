/** Ids and times differ from one report of the same trouble to the next. */
const kindOf = (line: string): string => line.replace(/[0-9a-f]{8}-[0-9a-f-]{27}|\d+/g, '#');

/** Tells each kind of line a few times and then no more: one fault in a loop would bury everything else. */
export const fewOfEach = (tell: (line: string) => void, most: number): ((line: string) => void) => {
  const told = new Map<string, number>();
  return (line) => {
    const kind = kindOf(line);
    const times = (told.get(kind) ?? 0) + 1;
    told.set(kind, times);
    if (times <= most) tell(times === most ? `${line} (more of these are not shown)` : line);
  };
};
