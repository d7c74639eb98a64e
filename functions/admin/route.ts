import * as z from 'zod';
import type { StoreSettings } from '../../shared/domain/store.ts';
import type { EpochMs } from '../../shared/domain/time.ts';
import type { Role } from './caller.ts';
import type { AdminDeps } from './deps.ts';
import { type Fault, type ProblemAnswer, unprocessable } from './problem-answer.ts';

/** Body schema of a call without one. */
export const noBody = z.undefined();

export type OkAnswer<T = unknown> = Readonly<{ type: 'ok'; body: T }>;
export const ok = <T>(body: T): OkAnswer<T> => ({ type: 'ok', body });

/** A call that passed the authorizer, the role and the store; `query` and `body` are still outside data. */
export type Call<Q = unknown, B = unknown> = Readonly<{
  now: EpochMs;
  role: Role;
  store: StoreSettings;
  params: Readonly<Record<string, string>>;
  query: Q;
  body: B;
}>;

export type RouteSpec<Q extends z.ZodType, B extends z.ZodType, R extends z.ZodType> = Readonly<{
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** `{name}` stands for one id. */
  path: string;
  operationId: string;
  summary: string;
  roles: readonly Role[];
  query: Q;
  body: B;
  /** How the description shows the body, where `run` reads it itself. @default - as `body` */
  describedBody?: z.ZodType;
  response: R;
  /** Refusals of its own, beside those every route has: status -> when. */
  refusals?: Readonly<Record<number, string>>;
  run(deps: AdminDeps, call: Call<z.output<Q>, z.output<B>>): Promise<OkAnswer<z.input<R>> | ProblemAnswer>;
}>;

/** A route as the router and the description see it: what it takes and gives, and one way to call it. */
export type Route = Readonly<
  Omit<RouteSpec<z.ZodType, z.ZodType, z.ZodType>, 'run'> & {
    answer(deps: AdminDeps, call: Call): Promise<OkAnswer | ProblemAnswer>;
  }
>;

const faultsOf = (part: string, error: z.ZodError): readonly Fault[] =>
  error.issues.map((issue) => ({
    path: [part, ...issue.path.map(String), ...(issue.code === 'unrecognized_keys' ? issue.keys : [])].join('.'),
    rule: issue.code === 'unrecognized_keys' ? 'is not a parameter of this call' : issue.message,
  }));

/** Ties a route's schemas to its code: the same ones validate, type and describe it. */
export const defineRoute = <Q extends z.ZodType, B extends z.ZodType, R extends z.ZodType>(
  spec: RouteSpec<Q, B, R>,
): Route => ({
  ...spec,
  async answer(deps, call) {
    const query = spec.query.safeParse(call.query);
    if (!query.success) return unprocessable('the query is not valid', faultsOf('query', query.error));
    const body = spec.body.safeParse(call.body);
    if (!body.success) return unprocessable('the body is not valid', faultsOf('body', body.error));
    return spec.run(deps, { ...call, query: query.data, body: body.data });
  },
});
