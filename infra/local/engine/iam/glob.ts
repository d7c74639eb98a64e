export type Matches = (text: string) => boolean;

const literal = (text: string): string => text.replace(/[\\^$.|+()[\]{}]/g, '\\$&');
const isPlain = (pattern: string): boolean => !/[*?]/.test(pattern);

/** A pattern in which `*` is any run of characters and `?` any one. */
export const glob = (pattern: string, flags = 's'): Matches => {
  if (pattern === '*') return () => true;
  if (isPlain(pattern) && !flags.includes('i')) return (text) => text === pattern;
  const regex = new RegExp(`^${literal(pattern).replace(/\*+/g, '.*').replace(/\?/g, '.')}$`, flags);
  return (text) => regex.test(text);
};

/** Actions are compared without regard to case: `dynamodb:get*`. */
export const actionGlob = (pattern: string): Matches => glob(pattern, 'is');

/**
 * A pattern of the Resource element: wildcards stay within a segment between colons, except a `*` that ends its segment,
 * which may run on beyond the colon.
 */
export const resourceGlob = (pattern: string): Matches => {
  if (pattern === '*') return () => true;
  if (isPlain(pattern)) return (text) => text === pattern;
  const source = literal(pattern)
    .replace(/\*+(?=:|$)/g, '\0')
    .replace(/\*+/g, '[^:]*')
    .replace(/\?/g, '[^:]')
    .replaceAll('\0', '.*');
  const regex = new RegExp(`^${source}$`, 's');
  return (text) => regex.test(text);
};

const components = 6;

/** Partition, service, region, account and the rest, colons and all. */
const arnParts = (text: string): string[] => {
  const parts = text.split(':');
  return [...parts.slice(0, components - 1), parts.slice(components - 1).join(':')];
};

/** ARNs in conditions: each of the six parts is compared by itself. */
export const arnGlob = (pattern: string): Matches => {
  const wanted = arnParts(pattern).map((part) => glob(part));
  return (text) => {
    const parts = arnParts(text);
    return parts.length === wanted.length && wanted.every((matches, i) => matches(parts[i] ?? ''));
  };
};
