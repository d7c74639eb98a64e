import { createHash } from 'node:crypto';
import * as z from 'zod';

export const messageAttributes = z.record(
  z.string(),
  z.object({ DataType: z.string(), StringValue: z.string().optional(), BinaryValue: z.string().optional() }),
);
export type MessageAttributes = z.infer<typeof messageAttributes>;

const prefixed = (bytes: Buffer): Buffer => {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
};

/** SQS's digest: names in order, each name, type and value with its length before it. */
export const attributesMd5 = (attributes: MessageAttributes): string => {
  const hash = createHash('md5');
  for (const name of Object.keys(attributes).sort()) {
    const { DataType, StringValue, BinaryValue } = attributes[name] ?? { DataType: 'String' };
    const binary = BinaryValue !== undefined;
    const value = binary ? Buffer.from(BinaryValue, 'base64') : Buffer.from(StringValue ?? '');
    hash
      .update(prefixed(Buffer.from(name)))
      .update(prefixed(Buffer.from(DataType)))
      .update(Buffer.from([binary ? 2 : 1]))
      .update(prefixed(value));
  }
  return hash.digest('hex');
};
