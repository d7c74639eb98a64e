import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';

const stacksSchema = z.array(
  z.object({ name: z.string(), template: z.unknown(), assets: z.record(z.string(), z.string()) }),
);
export type SynthesizedStacks = z.infer<typeof stacksSchema>;

const runChild = (folder: string): Promise<void> =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [...process.execArgv, join(import.meta.dirname, 'synth-child.ts'), folder], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    const complaints: Buffer[] = [];
    child.stderr.on('data', (chunk: Buffer) => complaints.push(chunk));
    child.on('error', reject);
    child.on('exit', (code) => {
      if (code === 0) resolve();
      else
        reject(
          new Error(`cannot synthesize the stack: 'synth' must exit 0, got ${code}\n${Buffer.concat(complaints)}`),
        );
    });
  });

/** Bundles the functions and synthesizes the stack into the folder: the very templates a deployment would use. */
export const synthesizeStack = async (folder: string): Promise<SynthesizedStacks> => {
  await runChild(folder);
  return stacksSchema.parse(JSON.parse(await readFile(join(folder, 'stacks.json'), 'utf8')));
};

/** Resources of a type over all stacks. */
export const countResources = (stacks: SynthesizedStacks, type: string): number => {
  const schema = z.object({ Resources: z.record(z.string(), z.object({ Type: z.string() })) });
  return stacks
    .flatMap(({ template }) => Object.values(schema.parse(template).Resources))
    .filter((resource) => resource.Type === type).length;
};
