import type { KeysByTable } from '../iam/calls/dynamodb-call.ts';
import type { PolicyDocument } from '../iam/policy-document.ts';
import type { TableCall } from '../tables/table-call.ts';
import type { TableAddress } from './table-tap.ts';

/** What a function's thread is started with. */
export interface ThreadSetup {
  clock: SharedArrayBuffer;
  /** Absolute path of the bundle. */
  file: string;
  exportName: string;
  functionName: string;
  functionArn: string;
  memoryMb: number;
  /** The table server, where it is our own: called past the endpoint of the other services. */
  tables: TableAddress | undefined;
  access: ThreadAccess | undefined;
  /** Not 0 while faults are injected into table calls: they then go through the main thread. */
  detour: SharedArrayBuffer;
}

/** What a function may do, in a form that can be sent to its thread. */
export interface ThreadAccess {
  roleArn: string;
  documents: readonly PolicyDocument[];
  tables: KeysByTable;
}

export interface InvokeMessage {
  id: number;
  requestId: string;
  /** The event as JSON, as Lambda gets it. */
  event: string;
  timeoutMs: number;
}

export type ThreadMessage =
  | { type: 'ready' }
  | { type: 'tables'; calls: TableCall[] }
  | { type: 'returned'; id: number; payload: string; calls: TableCall[] }
  | { type: 'failed'; id: number; errorType: string; errorMessage: string; trace: string; calls: TableCall[] };
