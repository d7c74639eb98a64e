import * as z from 'zod';
import { Refusal } from '../refusal.ts';

/** What `npm start` writes about the system it runs. */
const localFileSchema = z.object({
  api: z.url(),
  control: z.url(),
  adminToken: z.string().min(1),
  awsEndpoint: z.url(),
  parameterPrefix: z.string().min(1),
  tableName: z.string().min(1),
  region: z.string().min(1),
  stores: z.array(z.object({ id: z.string() })),
});
export type LocalFile = z.output<typeof localFileSchema>;

export const parseLocalFile = (text: string): LocalFile => {
  try {
    return localFileSchema.parse(JSON.parse(text));
  } catch {
    throw new Refusal('cannot use the local run: .perennial/local.json is not what npm start writes', [
      'Stop the local run and start it again: npm start',
    ]);
  }
};
