import * as z from 'zod';
import { atJsonPath } from './json-path.ts';

/** What a rule's target says about its input; at most one of the three. */
export const ruleInput = z.object({
  Input: z.string().optional(),
  InputPath: z.string().optional(),
  InputTransformer: z
    .object({ InputPathsMap: z.record(z.string(), z.string()).optional(), InputTemplate: z.string() })
    .optional(),
});
export type RuleInput = z.infer<typeof ruleInput>;

export interface RuleIdentity {
  name: string;
  arn: string;
}

/** The JSON a target gets for an event. */
export const inputFor = (input: RuleInput, event: Record<string, unknown>, rule: RuleIdentity, now: number): string => {
  if (input.Input !== undefined) return input.Input;
  if (input.InputPath !== undefined) return JSON.stringify(atJsonPath(event, input.InputPath)) ?? 'null';
  if (input.InputTransformer === undefined) return JSON.stringify(event);
  const { InputPathsMap = {}, InputTemplate } = input.InputTransformer;
  const variables = new Map<string, unknown>(
    Object.entries(InputPathsMap).map(([name, path]) => [name, atJsonPath(event, path)]),
  );
  variables.set('aws.events.rule-arn', rule.arn);
  variables.set('aws.events.rule-name', rule.name);
  variables.set('aws.events.event.ingestion-time', new Date(now).toISOString());
  variables.set('aws.events.event', { ...event, detail: undefined });
  variables.set('aws.events.event.json', event);
  return fill(InputTemplate, variables);
};

/** A variable alone is a JSON value; inside a string it is the bare text. */
const fill = (template: string, variables: ReadonlyMap<string, unknown>): string => {
  let insideString = false;
  return template.replace(/\\.|"|<([^<>\s]+)>/g, (found: string, name: string | undefined) => {
    if (found === '"') insideString = !insideString;
    if (name === undefined || !variables.has(name)) return found;
    const value = variables.get(name);
    if (!insideString) return JSON.stringify(value) ?? '""';
    const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
    return JSON.stringify(text).slice(1, -1);
  });
};
