import { escaped, type PageAnswer, pageOf } from '../../page/page-shell.ts';
import { wordsFor } from '../../unsubscribe/page-words.ts';
import type { ChooseOutcome, Standing } from './choose.ts';
import { chooseWordsFor } from './choose-words.ts';

const box = (name: string, value: string, label: string, on: boolean): string =>
  `<label><input type="checkbox" name="${name}" value="${escaped(value)}"${on ? ' checked' : ''}> <bdi>${escaped(label)}</bdi></label>`;

const formOf = ({ topics, monthly }: Standing, language: string): string => {
  const words = chooseWordsFor(language);
  const boxes = topics.map(({ name, on }) => box('topic', name, name, on));
  return `<form method="post">
<fieldset>
${[...boxes, box('pace', 'monthly', words.less, monthly)].join('\n')}
</fieldset>
<p><button type="submit" name="do" value="save">${words.save}</button></p>
<p><button class="quiet" type="submit" name="do" value="stop">${words.stop}</button></p>
</form>`;
};

export const choosePage = (outcome: ChooseOutcome, language: string): PageAnswer => {
  const words = chooseWordsFor(language);
  const plain = (statusCode: number, [heading, text]: readonly [string, string], retryAfterS?: number) =>
    pageOf({ ...{ statusCode, language, heading, text, retryAfterS } });
  if (outcome.type === 'saved') return plain(200, words.saved);
  if (outcome.type === 'stopped') return plain(200, wordsFor(language).done);
  if (outcome.type === 'unknown') return plain(404, wordsFor(language).unknown);
  if (outcome.type === 'failed') return plain(503, wordsFor(language).failed, 300);
  const { heading, text } = words;
  return pageOf({ statusCode: 200, ...{ language, heading, text }, form: formOf(outcome.standing, language) });
};
