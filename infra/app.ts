import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { App, Tags, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import * as z from 'zod';
import { PerennialStack } from './stacks/perennial-stack.ts';
import { parseSettings, type Settings } from './stacks/settings.ts';
import { StateStack } from './stacks/state-stack.ts';

export interface AppProps {
  /** Settings by name; `--context` on the CDK command line wins. @default - those of a production deployment */
  readonly settings?: Partial<Record<keyof Settings, string | number>>;
  /** Folder that holds `<function>/index.mjs`. @default - the repository's `dist` */
  readonly bundles?: string;
  /** @default - where the CDK command line says, else a new temporary folder */
  readonly outDir?: string;
  /** Whether CloudFormation's own rules and cdk-nag judge the templates, and stop the synthesis. @default true */
  readonly checks?: boolean;
}

/** Choices of the CDK that differ from its oldest behaviour; part of the templates, so not left to the machine. */
const featureFlags = {
  '@aws-cdk/core:validateAgainstDefaultRules': true,
  // The table cannot be replaced while functions still use it.
  '@aws-cdk/core:defaultCrossStackReferences': 'strong',
  '@aws-cdk/core:enablePartitionLiterals': true,
  '@aws-cdk/aws-iam:minimizePolicies': true,
  '@aws-cdk/core:checkSecretUsage': true,
  '@aws-cdk/core:target-partitions': ['aws', 'aws-cn'],
  '@aws-cdk/aws-dynamodb:resourcePolicyPerReplica': true,
  '@aws-cdk/aws-apigateway:logGroupDestinationArnWithoutWildcard': true,
  '@aws-cdk/aws-lambda:recognizeLayerVersion': true,
};

/** Makes the two stacks: `PerennialState` keeps what must survive, `Perennial` is the rest. */
export const makeApp = ({ settings: given = {}, bundles, outDir, checks = true }: AppProps = {}): App => {
  const app = new App({
    context: { ...featureFlags, ...given },
    analyticsReporting: false,
    treeMetadata: false,
    builtinCloudFormationValidation: checks,
    ...(outDir !== undefined && { outdir: outDir }),
  });
  const settings = parseSettings((name) => app.node.tryGetContext(name));
  const suffix = settings.deployment === 'prod' ? '' : `-${settings.deployment}`;
  const state = new StateStack(app, 'PerennialState', { stackName: `PerennialState${suffix}` });
  new PerennialStack(app, 'Perennial', {
    stackName: `Perennial${suffix}`,
    settings,
    table: state.table,
    erasureLog: state.erasureLog,
    failures: state.failures,
    bundles: bundles ?? fileURLToPath(new URL('../dist', import.meta.url)),
  });
  Tags.of(app).add('perennial:deployment', settings.deployment);
  if (checks) Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  return app;
};

export interface SynthesizedStack {
  readonly name: string;
  readonly template: unknown;
  /** Asset hash to the folder it was made from. */
  readonly assets: Record<string, string>;
}

const assetFile = z.object({
  files: z.record(z.string(), z.object({ source: z.object({ path: z.string(), packaging: z.enum(['zip', 'file']) }) })),
});

const assetsOf = (folder: string, stack: string): Record<string, string> => {
  const { files } = assetFile.parse(JSON.parse(readFileSync(join(folder, `${stack}.assets.json`), 'utf8')));
  const folders = Object.entries(files).filter(([, { source }]) => source.packaging === 'zip');
  return Object.fromEntries(folders.map(([hash, { source }]) => [hash, resolve(folder, source.path)]));
};

/** Synthesizes in this process: the templates as they would be deployed, and the folders their code comes from. */
export const synthesize = (props: AppProps = {}): SynthesizedStack[] => {
  const assembly = makeApp(props).synth();
  return assembly.stacks.map(({ id, stackName, template }) => ({
    name: stackName,
    template,
    assets: assetsOf(assembly.directory, id),
  }));
};

if (import.meta.main) makeApp().synth();
