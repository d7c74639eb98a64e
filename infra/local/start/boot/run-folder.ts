import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** What a run leaves behind, and only while it runs, lies here; PERENNIAL_HOME puts it elsewhere. */
export const stateFolder = resolve(
  process.env['PERENNIAL_HOME'] ?? resolve(import.meta.dirname, '../../../../.perennial'),
);

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

/** Runs that were killed hard could not tidy up. */
const removeLeftovers = (): void => {
  for (const name of readdirSync(stateFolder)) {
    const pid = Number(/^run-(\d+)$/.exec(name)?.[1] ?? Number.NaN);
    if (!Number.isNaN(pid) && !isAlive(pid)) rmSync(join(stateFolder, name), { recursive: true, force: true });
  }
};

/** A folder of this process's own, for bundles and templates: two runs at once do not meet. */
export const makeRunFolder = (): string => {
  const folder = join(stateFolder, `run-${process.pid}`);
  mkdirSync(folder, { recursive: true });
  removeLeftovers();
  return folder;
};
