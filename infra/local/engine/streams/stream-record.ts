import * as z from 'zod';

/** Attribute values are the functions' business; looking into each would cost more than the rest of the delivery. */
const image = z.custom<Record<string, unknown>>((value) => typeof value === 'object' && value !== null);

/** A stream record as the table server gives it; unknown fields are kept. */
const streamRecord = z.looseObject({
  eventID: z.string(),
  eventName: z.enum(['INSERT', 'MODIFY', 'REMOVE']),
  dynamodb: z.looseObject({
    Keys: image,
    NewImage: image.optional(),
    OldImage: image.optional(),
    SequenceNumber: z.string(),
  }),
});
export type StreamRecord = z.infer<typeof streamRecord>;

export const recordPage = z.object({ Records: z.array(streamRecord), NextShardIterator: z.string().nullish() });
