import type { AttributeValue } from '@aws-sdk/client-dynamodb';

export type Attributes = Record<string, AttributeValue>;

/** Writes a value as one attribute and reads it back with every part checked; `path` names the place of a fault. */
export type Codec<T> = Readonly<{
  encode(value: T): AttributeValue;
  decode(attribute: AttributeValue | undefined, path: string): T;
}>;

/** What was read is not what we write. The item codec turns it into a fault that names the item. */
export class DecodeFault extends Error {
  override readonly name = 'DecodeFault';
  readonly field: string;
  constructor(field: string) {
    super(field);
    this.field = field;
  }
}

const fault = (path: string): never => {
  throw new DecodeFault(path);
};

export const text: Codec<string> = {
  encode: (value) => ({ S: value }),
  decode: (attribute, path) => attribute?.S ?? fault(path),
};

/** Counts, amounts and instants: all below 2^53. Ids are text. */
export const number: Codec<number> = {
  encode: (value) => ({ N: String(value) }),
  decode: (attribute, path) => {
    const value = Number(attribute?.N ?? fault(path));
    return Number.isFinite(value) ? value : fault(path);
  },
};

export const flag: Codec<boolean> = {
  encode: (value) => ({ BOOL: value }),
  decode: (attribute, path) => attribute?.BOOL ?? fault(path),
};

/** One of a closed list of words. */
export const oneOf = <T extends string>(words: readonly T[]): Codec<T> => ({
  encode: (value) => ({ S: value }),
  decode: (attribute, path) => words.find((word) => word === attribute?.S) ?? fault(path),
});

export const listOf = <T>(each: Codec<T>): Codec<readonly T[]> => ({
  encode: (values) => ({ L: values.map(each.encode) }),
  decode: (attribute, path) => (attribute?.L ?? fault(path)).map((part, i) => each.decode(part, `${path}[${i}]`)),
});

export const mapOf = <T>(each: Codec<T>): Codec<Readonly<Record<string, T>>> => ({
  encode: (values) => ({ M: Object.fromEntries(Object.entries(values).map(([key, v]) => [key, each.encode(v)])) }),
  decode: (attribute, path) =>
    Object.fromEntries(
      Object.entries(attribute?.M ?? fault(path)).map(([key, part]) => [key, each.decode(part, `${path}.${key}`)]),
    ),
});

/** A value of an event's properties. */
export const scalar: Codec<string | number | boolean> = {
  encode: (value) =>
    typeof value === 'string'
      ? text.encode(value)
      : typeof value === 'number'
        ? number.encode(value)
        : flag.encode(value),
  decode: (attribute, path) => {
    if (attribute?.S !== undefined) return attribute.S;
    return attribute?.BOOL ?? number.decode(attribute, path);
  },
};

/**
 * Something whole as JSON text, for definitions: they were checked before they were saved, are never changed and never asked
 * for in parts. What was written is what is read.
 */
export const json = <T>(): Codec<T> => ({
  encode: (value) => text.encode(JSON.stringify(value)),
  decode: (attribute, path) => {
    const written = text.decode(attribute, path);
    try {
      return JSON.parse(written) as T;
    } catch {
      return fault(path);
    }
  },
});
