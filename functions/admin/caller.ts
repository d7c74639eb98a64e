import * as z from 'zod';
import type { StoreId } from '../../shared/domain/store.ts';
import { forbidden, type ProblemAnswer, unprocessable } from './problem-answer.ts';

const roles = ['viewer', 'marketer', 'admin'] as const;
export type Role = (typeof roles)[number];
export const anyRole: readonly Role[] = roles;
/** Roles that may see who a customer is. */
export const personalRoles: readonly Role[] = ['marketer', 'admin'];

/** Who calls: `stores` are those the token names, `everyStore` when it names none or `*`. */
export type Caller = Readonly<{ role: Role; stores: readonly StoreId[]; everyStore: boolean }>;

// API Gateway hands a list claim on as the text `[a b]`.
const words = (claim: string): readonly string[] =>
  claim
    .replace(/^\[|\]$/g, '')
    .split(/[\s,]+/)
    .filter((word) => word !== '');

const claimWords = z.union([z.string().transform(words), z.array(z.string())]);
const claimsSchema = z.object({ perennial_role: claimWords, perennial_store: claimWords.optional() });
const roleSchema = z.tuple([z.enum(roles)]);

/** Reads the claims of a verified token; `undefined` when they name no role, more than one, or an unknown one. */
export const callerOf = (claims: unknown): Caller | undefined => {
  const parsed = claimsSchema.safeParse(claims);
  if (!parsed.success) return undefined;
  const role = roleSchema.safeParse(parsed.data.perennial_role);
  if (!role.success) return undefined;
  const named = parsed.data.perennial_store ?? ['*'];
  return { role: role.data[0], stores: named.filter((id) => id !== '*'), everyStore: named.includes('*') };
};

/** The store a call is about: the parameter, else the only store the token names. */
export const storeOf = (caller: Caller, parameter: string | undefined): StoreId | ProblemAnswer => {
  const [only, ...others] = caller.stores;
  const store = parameter ?? (others.length === 0 ? only : undefined);
  if (store === undefined) {
    return unprocessable('the token names no single store, so the call must', [
      { path: 'query.store', rule: 'must name a store' },
    ]);
  }
  if (!caller.everyStore && !caller.stores.includes(store)) return forbidden('the token does not cover this store');
  return store;
};
