import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CloudFormationStackArtifact } from 'aws-cdk-lib/cx-api';
import { type SynthesizedStack, synthesize } from '../../infra/app.ts';

export const functionNames = [
  'admin',
  'enrol',
  'feedback',
  'fit',
  'ingest',
  'preferences',
  'react',
  'relay',
  'send',
  'sweep',
  'unsubscribe',
];

/** Stands for the built bundles, so that these tests need no build. */
export const fixtureBundles = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'perennial-bundles-'));
  for (const name of functionNames) {
    mkdirSync(join(folder, name));
    writeFileSync(join(folder, name, 'index.mjs'), `export const handler = async () => '${name}';\n`);
  }
  return folder;
};

/** The CDK's own type of a template; a wrong path into it fails the assertion that reads it. */
type FreeForm = CloudFormationStackArtifact['template'];

export interface Resource {
  readonly Type: string;
  readonly Properties: FreeForm;
  readonly DependsOn?: string[];
  readonly DeletionPolicy?: string;
}

export interface Template {
  readonly Resources: Record<string, Resource>;
  readonly Outputs: Record<string, { Value: unknown }>;
}

const templateOf = (stacks: SynthesizedStack[], name: string): Template => {
  const stack = stacks.find((candidate) => candidate.name === name);
  if (stack === undefined) throw new Error(`no stack ${name}`);
  return stack.template as Template;
};

const settings = {
  jwtIssuer: 'https://issuer.example.com',
  jwtAudience: 'perennial',
  alarmEmail: 'ops@example.com',
  sendingDomain: 'shop.example',
};

const stacks = synthesize({ bundles: fixtureBundles(), settings, checks: false });

/** The templates of a deployment that uses every setting. */
export const state = templateOf(stacks, 'PerennialState');
export const perennial = templateOf(stacks, 'Perennial');

export const resourcesOf = (template: Template, type: string): [id: string, resource: Resource][] =>
  Object.entries(template.Resources).filter(([, { Type }]) => Type === type);

/** The one resource of this type whose logical id begins so. */
export const resource = (template: Template, type: string, idPrefix: string): Resource => {
  const found = resourcesOf(template, type).filter(([id]) => id.startsWith(idPrefix));
  if (found.length !== 1 || found[0] === undefined)
    throw new Error(`${found.length} of ${type} begin with ${idPrefix}`);
  return found[0][1];
};

export const functionOf = (name: string): Resource =>
  resource(perennial, 'AWS::Lambda::Function', `${name.charAt(0).toUpperCase()}${name.slice(1)}`);
