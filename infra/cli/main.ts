import { endWithReader } from './end-with-reader.ts';
import { realWorld } from './real-world.ts';
import { runCli } from './run-cli.ts';
import type { ConnectAws } from './system/system.ts';

// The AWS SDK takes longer to load than most commands take to run, and only those about stores need it.
const connect: ConnectAws = async (place) => (await import('./system/connect-aws.ts')).connectAws(place);

endWithReader();
process.exitCode = await runCli(process.argv.slice(2), realWorld(), connect);
