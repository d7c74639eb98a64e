import type { IncomingMessage } from 'node:http';

/** The whole body, or nothing when it is longer than allowed. */
export const readBody = async (
  request: IncomingMessage,
  mostBytes = Number.POSITIVE_INFINITY,
): Promise<Buffer | undefined> => {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of request) {
    const bytes: Buffer = part;
    length += bytes.length;
    if (length <= mostBytes) parts.push(bytes);
  }
  return length > mostBytes ? undefined : Buffer.concat(parts);
};
