import { pathToFileURL } from 'node:url';
import { parentPort, workerData } from 'node:worker_threads';
import { monotonicMs } from '../time/monotonic.ts';
import { freeTableCalls } from './free-table-calls.ts';
import { TableNews } from './table-news.ts';
import { tapTables } from './table-tap.ts';
import type { InvokeMessage, ThreadMessage, ThreadSetup } from './thread-protocol.ts';

// The inside of a function's thread: the clock first, then the bundle, then one call per message.
const setup: ThreadSetup = workerData;
const offset = new BigInt64Array(setup.clock);
Object.assign(globalThis, {
  perennialClock: { now: () => Math.floor(monotonicMs() + Number(Atomics.load(offset, 0)) / 1_000) },
});

const port = parentPort;
if (port === null) throw new Error('cannot run function thread: it must be started as a worker');
const tell = (message: ThreadMessage) => port.postMessage(message);

const news = new TableNews((calls) => tell({ type: 'tables', calls }));

type Handler = (event: unknown, context: object) => unknown;

const loadHandler = async (): Promise<Handler> => {
  const bundle: Record<string, unknown> = await import(pathToFileURL(setup.file).href);
  const found = bundle[setup.exportName];
  if (typeof found !== 'function') throw new Error(`cannot load function: '${setup.exportName}' must be a function`);
  return (event, context) => found(event, context);
};

const contextOf = ({ requestId, timeoutMs }: InvokeMessage) => {
  const deadline = performance.now() + timeoutMs;
  return {
    functionName: setup.functionName,
    functionVersion: '$LATEST',
    invokedFunctionArn: setup.functionArn,
    memoryLimitInMB: String(setup.memoryMb),
    awsRequestId: requestId,
    logGroupName: `/aws/lambda/${setup.functionName}`,
    logStreamName: 'local',
    callbackWaitsForEmptyEventLoop: true,
    getRemainingTimeInMillis: () => Math.max(0, Math.round(deadline - performance.now())),
  };
};

const failureOf = (id: number, error: unknown): ThreadMessage => {
  const known = error instanceof Error ? error : new Error(String(error));
  const trace = known.stack ?? '';
  return { type: 'failed', id, errorType: known.name, errorMessage: known.message, trace, calls: news.take() };
};

const endpoint = process.env['AWS_ENDPOINT_URL'];
if (setup.tables !== undefined && endpoint !== undefined)
  tapTables({
    endpoint: new URL(endpoint),
    server: setup.tables,
    isFree: freeTableCalls(setup),
    tell: (call) => news.add(call),
  });
const handler = await loadHandler();
const call = async (message: InvokeMessage): Promise<void> => {
  try {
    const result = await handler(JSON.parse(message.event), contextOf(message));
    tell({ type: 'returned', id: message.id, payload: JSON.stringify(result) ?? 'null', calls: news.take() });
  } catch (error) {
    tell(failureOf(message.id, error));
  }
};
port.on('message', (message: InvokeMessage) => void call(message));
tell({ type: 'ready' });
