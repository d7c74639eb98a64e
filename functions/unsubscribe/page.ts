import { type PageAnswer, pageOf } from '../page/page-shell.ts';
import { wordsFor } from './page-words.ts';
import type { UnsubscribeOutcome } from './unsubscribe.ts';

const statusOf: Readonly<Record<UnsubscribeOutcome, number>> = { ask: 200, done: 200, unknown: 404, failed: 503 };

/** The page for an outcome. Nothing from the request gets into it but the choice of language. */
export const page = (outcome: UnsubscribeOutcome, language: string): PageAnswer => {
  const words = wordsFor(language);
  const [heading, text] = words[outcome];
  return pageOf({
    statusCode: statusOf[outcome],
    ...{ language, heading, text },
    form: outcome === 'ask' ? `<form method="post"><button type="submit">${words.button}</button></form>` : undefined,
    retryAfterS: outcome === 'failed' ? 300 : undefined,
  });
};
