/** What a function's thread is started with. */
export interface ThreadSetup {
  clock: SharedArrayBuffer;
  /** Absolute path of the bundle. */
  file: string;
  exportName: string;
  functionName: string;
  functionArn: string;
  memoryMb: number;
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
  | { type: 'returned'; id: number; payload: string }
  | { type: 'failed'; id: number; errorType: string; errorMessage: string; trace: string };
