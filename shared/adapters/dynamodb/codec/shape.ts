import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { type Attributes, type Codec, DecodeFault } from './codec.ts';

/** An object as a set of attributes; nested in a map when it is a field of another. */
export type Shape<T> = Codec<T> &
  Readonly<{ write(value: T): Attributes; read(attributes: Attributes, path?: string): T }>;

type Optional<T, K extends keyof T> = Record<never, never> extends Pick<T, K> ? true : false;
type Present<T> = Exclude<T, undefined>;

/** `[attribute name, codec]`, with `'optional'` exactly for the optional fields, or `{ unless }`: not written when it is that value. */
type Field<T, K extends keyof T> =
  Optional<T, K> extends true
    ? readonly [name: string, codec: Codec<Present<T[K]>>, rule: 'optional']
    : readonly [name: string, codec: Codec<T[K]>, rule?: Readonly<{ unless: T[K] }>];

export type Fields<T> = { readonly [K in keyof T]-?: Field<T, K> };
type AnyField = readonly [name: string, codec: Codec<unknown>, rule?: 'optional' | Readonly<{ unless: unknown }>];

const unlessOf = (rule: AnyField[2]): unknown => (typeof rule === 'object' ? rule.unless : undefined);

/** Builds the codec of an object type from one table of its fields; the compiler checks that none is missing or misnamed. */
export const shape = <T extends object>(fields: Fields<T>): Shape<T> => {
  // Sound: `Fields<T>` pairs every key with the codec of its type; a mapped type loses that pairing when iterated.
  const entries = Object.entries(fields) as unknown as readonly (readonly [keyof T & string, AnyField])[];
  const write = (value: T): Attributes => {
    const attributes: Record<string, AttributeValue> = {};
    for (const [key, [name, codec, rule]] of entries) {
      const part: unknown = value[key];
      if (part !== undefined && part !== unlessOf(rule)) attributes[name] = codec.encode(part);
    }
    return attributes;
  };
  const read = (attributes: Attributes, path = ''): T => {
    const value: Partial<Record<keyof T, unknown>> = {};
    for (const [key, [name, codec, rule]] of entries) {
      const attribute = attributes[name];
      if (attribute !== undefined || rule === undefined) value[key] = codec.decode(attribute, path + key);
      else if (rule !== 'optional') value[key] = rule.unless;
    }
    return value as T;
  };
  return {
    write,
    read,
    encode: (value) => ({ M: write(value) }),
    decode: (attribute, path) => {
      if (attribute?.M === undefined) throw new DecodeFault(path);
      return read(attribute.M, `${path}.`);
    },
  };
};

type Cases<T extends Record<Tag, string>, Tag extends string> = {
  readonly [K in T[Tag]]: Shape<Omit<Extract<T, Record<Tag, K>>, Tag>>;
};

/** A union told apart by `tag`: the word is kept in attribute `name`, the rest by the case's own shape. */
export const tagged = <T extends Record<Tag, string>, Tag extends string>(
  tag: Tag,
  name: string,
  cases: Cases<T, Tag>,
): Shape<T> => {
  // Sound: `Cases` gives each word the shape of its own case; TypeScript cannot follow a key through a union.
  const caseOf = (word: string | undefined) =>
    (word !== undefined && Object.hasOwn(cases, word) ? cases[word as T[Tag]] : undefined) as Shape<object> | undefined;
  const write = (value: T): Attributes => ({ [name]: { S: value[tag] }, ...caseOf(value[tag])?.write(value) });
  const read = (attributes: Attributes, path = ''): T => {
    const word = attributes[name]?.S;
    const rest = caseOf(word);
    if (rest === undefined) throw new DecodeFault(path + tag);
    return { [tag]: word, ...rest.read(attributes, path) } as T;
  };
  return {
    write,
    read,
    encode: (value) => ({ M: write(value) }),
    decode: (attribute, path) => {
      if (attribute?.M === undefined) throw new DecodeFault(path);
      return read(attribute.M, `${path}.`);
    },
  };
};
