// Plain JavaScript, so that an old Node can still read it and say what it needs.
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
const tooOld = major < 22 || (major === 22 && minor < 12);
const stripsTypes = process.features.typescript !== undefined && process.features.typescript !== false;

if (tooOld) {
  console.error(
    `cannot start: 'node' must be 22.12 or newer, got ${process.versions.node}.\n` +
      "On Linux (x64) 'npm ci' brings one along; elsewhere install Node 24 from https://nodejs.org.",
  );
  process.exit(1);
}
if (stripsTypes) await import('./main.ts');
else {
  const entry = fileURLToPath(new URL('./main.ts', import.meta.url));
  const flags = ['--experimental-strip-types', '--disable-warning=ExperimentalWarning'];
  const child = spawn(process.execPath, [...flags, entry, ...process.argv.slice(2)], { stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
  child.on('exit', (code, signal) => process.exit(code ?? (signal === null ? 1 : 143)));
}
