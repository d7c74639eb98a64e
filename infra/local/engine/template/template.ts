import * as z from 'zod';

const resource = z.object({
  Type: z.string(),
  Properties: z.record(z.string(), z.unknown()).optional(),
  Condition: z.string().optional(),
});
const output = z.object({
  Value: z.unknown().optional(),
  Condition: z.string().optional(),
  Export: z.object({ Name: z.unknown().optional() }).optional(),
});

/** The parts of a CloudFormation template that are read here. */
export const template = z.object({
  Resources: z.record(z.string(), resource).default({}),
  Outputs: z.record(z.string(), output).default({}),
  Conditions: z.record(z.string(), z.unknown()).default({}),
  Parameters: z.record(z.string(), z.object({ Default: z.unknown().optional() })).default({}),
  Mappings: z.record(z.string(), z.record(z.string(), z.record(z.string(), z.unknown()))).default({}),
});
type Template = z.infer<typeof template>;
export type TemplateResource = z.infer<typeof resource>;

export interface Stack {
  name: string;
  template: Template;
}

/** A resource with every reference replaced by its value. */
export interface ResolvedResource {
  stack: string;
  logicalId: string;
  type: string;
  /** The name it goes by here. */
  name: string;
  properties: Record<string, unknown>;
}
