import * as z from 'zod';
import type { HttpCaller } from './http-caller.ts';
import type { ReceivedMail } from './script.ts';

const listSchema = z.object({ total: z.number(), mails: z.array(z.object({ id: z.string() })) });
const mailSchema = z.object({
  id: z.string(),
  at: z.union([z.number(), z.iso.datetime().transform(Date.parse)]),
  to: z.string(),
  subject: z.string(),
  headers: z.record(z.string(), z.string()),
  text: z.string(),
  tags: z.record(z.string(), z.string()),
});

/** Reads the inbox page as it grows: each mail once, oldest first. */
export const inboxReader = (inbox: string, http: HttpCaller) => {
  let seen = 0;
  const get = async (path: string): Promise<unknown> => {
    const { status, body } = await http.call({ method: 'GET', url: `${inbox}${path}` });
    if (status !== 200) throw new Error(`cannot read the inbox: '${path}' must answer 200, got ${status}`);
    return JSON.parse(body);
  };
  /** Newest first, in pages. */
  const newIds = async (): Promise<readonly string[]> => {
    const ids: string[] = [];
    for (;;) {
      const { total, mails } = listSchema.parse(await get(`/list?from=${ids.length}`));
      const fresh = total - seen - ids.length;
      ids.push(...mails.slice(0, Math.max(0, fresh)).map(({ id }) => id));
      if (ids.length >= total - seen || mails.length === 0) return ids;
    }
  };
  return async (): Promise<readonly ReceivedMail[]> => {
    const ids = await newIds();
    seen += ids.length;
    return Promise.all(
      ids.toReversed().map(async (id) => mailSchema.parse(await get(`/mail/${encodeURIComponent(id)}`))),
    );
  };
};
