import * as z from 'zod';
import type { DataFault } from '../../../shared/domain/conditions/language/data-fault.ts';
import { lifecycleSchema } from '../../../shared/domain/definitions/data/lifecycle-schema.ts';
import { readLifecycleData } from '../../../shared/domain/definitions/data/read-lifecycle-data.ts';
import type { LifecycleDraft } from '../../../shared/domain/definitions/lifecycle-draft.ts';
import { readLifecycle } from '../../../shared/domain/definitions/read-lifecycle.ts';
import { type Fault, type ProblemAnswer, unprocessable } from '../problem-answer.ts';

const file = z.strictObject({ yaml: z.string() }).meta({ description: 'A lifecycle.yaml as its text' });

/** How the description shows the body; what is wrong with one is said by the readers, which know more than its shape. */
export const lifecycleBody = z.union([lifecycleSchema, file]);

export type Draft = Readonly<{ type: 'lifecycle'; draft: LifecycleDraft }>;

/** Reads a lifecycle from a body in either form; a refusal names every fault with its place. */
export const draftOfBody = (body: unknown): Draft | ProblemAnswer => {
  const text = file.safeParse(body);
  return text.success ? draftOfText(text.data.yaml) : draftOfData(body);
};

const refused = (errors: readonly Fault[]): ProblemAnswer => unprocessable('the lifecycle is not valid', errors);

const draftOfText = (yaml: string): Draft | ProblemAnswer => {
  const read = readLifecycle(yaml, 'lifecycle.yaml');
  if (read.type === 'lifecycle') return read;
  return refused(
    read.faults.map(({ line, column, path, message }) => ({ path: `yaml:${line}:${column} ${path}`, rule: message })),
  );
};

const draftOfData = (body: unknown): Draft | ProblemAnswer => {
  const read = readLifecycleData(body);
  if (read.type === 'lifecycle') return read;
  return refused(read.faults.map(({ path, message }) => ({ path: pathText(path), rule: message })));
};

const pathText = (path: DataFault['path']): string => ['body', ...path].join('.');
