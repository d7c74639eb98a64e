import * as z from 'zod';
import { anyRole } from './caller.ts';
import type { Route } from './route.ts';
import { routes } from './routes.ts';

type Json = Readonly<Record<string, unknown>>;

const problemSchema = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  detail: z.string().optional(),
  errors: z.array(z.object({ path: z.string(), rule: z.string() })).optional(),
  reason: z.string().optional(),
});

/** Named parts of schemas, which the schemas of calls point to. */
const parts: Record<string, unknown> = {};

/** Points to the document's own parts instead of the schema's. */
const withoutOwnParts = (schema: Json): Json => {
  const text = JSON.stringify(schema).replaceAll('"#/$defs/', '"#/components/schemas/');
  const { $schema: _dialect, $defs = {}, ...rest } = namedParts.parse(JSON.parse(text));
  Object.assign(parts, $defs);
  return rest;
};

const namedParts = z.looseObject({ $schema: z.unknown(), $defs: z.record(z.string(), z.unknown()).optional() });

const jsonSchema = (schema: z.ZodType, io: 'input' | 'output'): Json =>
  withoutOwnParts(z.toJSONSchema(schema, { target: 'draft-2020-12', io }));

const objectSchema = z.object({
  properties: z.record(z.string(), z.record(z.string(), z.unknown())).default({}),
  required: z.array(z.string()).default([]),
});

const queryParameters = (route: Route): readonly Json[] => {
  const { properties, required } = objectSchema.parse(jsonSchema(route.query, 'input'));
  return Object.entries(properties).map(([name, schema]) => ({
    name,
    in: 'query',
    required: required.includes(name),
    schema,
  }));
};

const pathParameters = (path: string): readonly Json[] =>
  [...path.matchAll(/\{(\w+)\}/g)].map((match) => ({
    name: match[1],
    in: 'path',
    required: true,
    schema: { type: 'string', pattern: '^[A-Za-z0-9_-]{1,64}$' },
  }));

const storeParameter: Json = {
  name: 'store',
  in: 'query',
  required: false,
  description: 'The store; needed unless the token names exactly one in `perennial_store`',
  schema: { type: 'string' },
};

const commonRefusals: Readonly<Record<number, string>> = {
  401: 'No valid token',
  403: 'The role or the store is not covered by the token',
  404: 'No such store',
  422: 'A parameter or the body breaks a rule; `errors` says where and which',
};

const responses = (route: Route): Json => ({
  200: { description: 'OK', content: { 'application/json': { schema: jsonSchema(route.response, 'input') } } },
  ...Object.fromEntries(
    Object.entries({ ...commonRefusals, ...route.refusals }).map(([status, description]) => [
      status,
      {
        description,
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      },
    ]),
  ),
});

const operation = (route: Route): Json => {
  const takesBody = !(route.body instanceof z.ZodUndefined);
  return {
    operationId: route.operationId,
    summary: route.summary,
    description: `Roles: ${route.roles.join(', ')}.`,
    parameters: [storeParameter, ...pathParameters(route.path), ...queryParameters(route)],
    ...(takesBody
      ? {
          requestBody: {
            required: true,
            content: { 'application/json': { schema: jsonSchema(route.describedBody ?? route.body, 'input') } },
          },
        }
      : {}),
    responses: responses(route),
  };
};

const paths = (): Json => {
  const found: Record<string, Record<string, Json>> = {};
  for (const route of routes)
    found[route.path] = { ...found[route.path], [route.method.toLowerCase()]: operation(route) };
  return found;
};

const describe = (): Json => ({
  openapi: '3.1.0',
  info: {
    title: 'Perennial admin API',
    version: '1',
    description: `Calls carry a JWT whose claim \`perennial_role\` is one of ${anyRole.join(', ')}. Refusals are RFC 9457 problem+json.`,
    license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
  },
  servers: [{ url: '/' }],
  security: [{ token: [] }],
  paths: paths(),
  components: {
    securitySchemes: { token: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } },
    schemas: { Problem: jsonSchema(problemSchema, 'output'), ...parts },
  },
});

let described: Json | undefined;

/** The OpenAPI description, made from the schemas that validate the calls; made once. */
export const openApi = (): Json => {
  described ??= describe();
  return described;
};
