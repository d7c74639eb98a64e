import { enableCompileCache } from 'node:module';
import { fileURLToPath } from 'node:url';
import { endWithReader } from '../../cli/end-with-reader.ts';

// To read the program itself is half of what a small file takes; from the second time on it is there already.
enableCompileCache(fileURLToPath(new URL('../../../node_modules/.cache/perennial', import.meta.url)));
const { backtestCommand } = await import('./backtest-command.ts');

endWithReader();
process.exitCode = await backtestCommand(process.argv.slice(2));
