/** The same record without its `undefined` members: an absent field is absent, not a field that holds nothing. */
export type Defined<T> = {
  [K in keyof T as undefined extends T[K] ? never : K]: T[K];
} & { [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined> };

/**
 * Leaves out what is `undefined`.
 *
 * @example defined({ sku: 'MUG-1', name: undefined }); // { sku: 'MUG-1' }
 */
export const defined = <T extends object>(record: T): Defined<T> =>
  Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined)) as Defined<T>;
