import * as z from 'zod';
import { Refusal } from '../refusal.ts';
import type { World } from '../world.ts';

const problemSchema = z.object({
  title: z.string(),
  detail: z.string().optional(),
  errors: z.array(z.object({ path: z.string(), rule: z.string() })).optional(),
});

type Found<T> = Readonly<{ type: 'found'; body: T }>;
/** The API knows nothing there (404), or no longer (410). */
type Absent = Readonly<{ type: 'absent'; status: 404 | 410; detail: string }>;

export interface AdminApi {
  readonly url: string;
  get<S extends z.ZodType>(
    path: string,
    query: Readonly<Record<string, string>>,
    schema: S,
  ): Promise<Found<z.output<S>> | Absent>;
  post<S extends z.ZodType>(path: string, body: unknown, schema: S): Promise<Found<z.output<S>> | Absent>;
  put<S extends z.ZodType>(path: string, body: unknown, schema: S): Promise<Found<z.output<S>> | Absent>;
  delete<S extends z.ZodType>(path: string, schema: S): Promise<Found<z.output<S>> | Absent>;
}

const jsonOf = async (response: Response): Promise<unknown> => {
  try {
    return await response.json();
  } catch {
    return undefined;
  }
};

const refusalOf = (status: number, problem: z.output<typeof problemSchema> | undefined): Refusal => {
  if (status === 401)
    return new Refusal('the token is not accepted', ['Tokens expire: get a new one, or start the local run again.']);
  const said = problem?.detail ?? problem?.title ?? 'no reason given';
  return new Refusal(
    `the system refused (${status}): ${said}`,
    (problem?.errors ?? []).map(({ path, rule }) => `${path} ${rule}`),
  );
};

/** The admin API as commands use it; every answer is checked against the schema that describes it. */
export const adminApi = (world: World, url: string, token: string, store: string | undefined): AdminApi => {
  const call = async <S extends z.ZodType>(
    path: string,
    query: Readonly<Record<string, string>>,
    init: RequestInit,
    schema: S,
  ): Promise<Found<z.output<S>> | Absent> => {
    const parameters = new URLSearchParams({ ...query, ...(store === undefined ? {} : { store }) });
    const response = await answering(url, () =>
      world.fetch(`${url}${path}?${parameters}`, {
        ...init,
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      }),
    );
    const body = await jsonOf(response);
    if (response.ok) return { type: 'found', body: schema.parse(body) };
    const problem = problemSchema.safeParse(body).data;
    const detail = problem?.detail ?? 'not found';
    if (response.status === 404 || response.status === 410) return { type: 'absent', status: response.status, detail };
    throw refusalOf(response.status, problem);
  };
  return {
    url,
    get: (path, query, schema) => call(path, query, { method: 'GET' }, schema),
    post: (path, body, schema) => call(path, {}, { method: 'POST', body: JSON.stringify(body) }, schema),
    delete: (path, schema) => call(path, {}, { method: 'DELETE' }, schema),
    put: (path, body, schema) => call(path, {}, { method: 'PUT', body: JSON.stringify(body) }, schema),
  };
};

/** Turns silence into a refusal that says what to do. */
export const answering = async <T>(url: string, call: () => Promise<T>): Promise<T> => {
  try {
    return await call();
  } catch (error) {
    if (error instanceof Refusal) throw error;
    throw new Refusal(`nothing answers at ${url}`, ['Start the local run with npm start, or give another --api.']);
  }
};
