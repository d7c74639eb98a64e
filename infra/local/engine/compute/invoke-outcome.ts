/** How one invocation ended: `payload` is the JSON the handler returned. */
export type InvokeOutcome =
  | { type: 'returned'; payload: string }
  | { type: 'failed'; errorType: string; errorMessage: string; trace: string };

/** Someone who can be invoked with an event in JSON. */
export type Invoke = (event: string) => Promise<InvokeOutcome>;
