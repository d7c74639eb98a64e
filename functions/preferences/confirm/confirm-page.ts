import { type PageAnswer, pageOf } from '../../page/page-shell.ts';
import { wordsFor } from '../../unsubscribe/page-words.ts';
import type { ConfirmOutcome } from './confirm.ts';
import { confirmWordsFor } from './confirm-words.ts';

const statusOf: Readonly<Record<ConfirmOutcome, number>> = { ask: 200, done: 200, late: 410, failed: 503 };

export const confirmPage = (outcome: ConfirmOutcome, language: string): PageAnswer => {
  const words = confirmWordsFor(language);
  const [heading, text] = outcome === 'failed' ? wordsFor(language).failed : words[outcome];
  return pageOf({
    statusCode: statusOf[outcome],
    ...{ language, heading, text },
    form: outcome === 'ask' ? `<form method="post"><button type="submit">${words.button}</button></form>` : undefined,
    retryAfterS: outcome === 'failed' ? 300 : undefined,
  });
};
