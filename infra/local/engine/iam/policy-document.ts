import * as z from 'zod';
import { RefusedHere } from '../refusal.ts';

const list = <T extends z.ZodType>(one: T) => z.union([one, z.array(one)]).transform((value) => [value].flat());
const texts = list(z.string());
const conditionValues = list(z.union([z.string(), z.boolean(), z.number()]).transform(String));
const principal = z.union([
  z.literal('*').transform(() => ({ AWS: ['*'], Service: [] as string[] })),
  z.strictObject({ AWS: texts.default([]), Service: texts.default([]) }),
]);

const statement = z.strictObject({
  Sid: z.string().optional(),
  Effect: z.enum(['Allow', 'Deny']),
  Principal: principal.optional(),
  Action: texts.optional(),
  NotAction: texts.optional(),
  Resource: texts.optional(),
  NotResource: texts.optional(),
  Condition: z.record(z.string(), z.record(z.string(), conditionValues)).default({}),
});

/** A policy as IAM writes it; what this does not list (NotPrincipal, a federated principal) is refused. */
export const policyDocument = z.strictObject({
  Version: z.literal('2012-10-17').optional(),
  Id: z.string().optional(),
  Statement: list(statement),
});
export type PolicyDocument = z.infer<typeof policyDocument>;
export type PolicyStatement = PolicyDocument['Statement'][number];

/** Reads a policy; `where` names it in a refusal. */
export const readPolicy = (where: string, value: unknown): PolicyDocument => {
  const parsed = policyDocument.safeParse(value);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new RefusedHere(
      'enforce a policy',
      `${where}.${issue?.path.join('.') ?? ''}`,
      issue?.message ?? 'be a policy',
      value,
    );
  }
  refuseVariables(where, parsed.data);
  return parsed.data;
};

/** Policy variables would have to be filled in per request; nothing here uses them. */
const refuseVariables = (where: string, document: PolicyDocument): void => {
  const found = /\$\{[^}]*\}/.exec(JSON.stringify(document))?.[0];
  if (found !== undefined) throw new RefusedHere('enforce a policy', where, 'hold no policy variables', found);
};
