import { createHash } from 'node:crypto';
import { directionOf } from '../../shared/mail/values/text-direction.ts';

const style = `
:root { color-scheme: light dark; --page: #f2eee5; --card: #fffdf8; --ink: #2b2722; --soft: #655d52; --act: #1f4d3f; --on-act: #fff; }
@media (prefers-color-scheme: dark) {
  :root { --page: #12150f; --card: #1c211b; --ink: #ece8df; --soft: #b3ada0; --act: #a9d5c0; --on-act: #10241b; }
}
* { box-sizing: border-box; }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; padding: 24px 16px; background: var(--page); color: var(--ink);
  font: 17px/1.6 -apple-system, 'Segoe UI', Roboto, Helvetica, Arial, sans-serif; }
main { width: 100%; max-width: 30rem; padding: 40px 36px 44px; background: var(--card); border-radius: 14px; }
h1 { margin: 0 0 12px; font: normal 30px/1.25 Georgia, 'Times New Roman', serif; text-wrap: balance; }
p { margin: 0; color: var(--soft); }
form { margin: 28px 0 0; }
fieldset { margin: 22px 0 0; padding: 0; border: 0; display: grid; gap: 12px; }
label { display: flex; gap: 12px; align-items: baseline; }
input { width: 18px; height: 18px; flex: none; accent-color: var(--act); }
button { font: inherit; font-weight: 600; padding: 12px 28px; min-height: 48px; border: 0; border-radius: 8px; background: var(--act);
  color: var(--on-act); cursor: pointer; }
button.quiet { background: none; color: var(--act); padding-inline: 0; text-decoration: underline; }
button:focus-visible, input:focus-visible { outline: 3px solid var(--ink); outline-offset: 3px; }
@media (max-width: 26rem) { main { padding: 32px 24px 36px; } button { width: 100%; } }
`;
const styleHash = createHash('sha256').update(style).digest('base64');

/** No script, nothing from elsewhere, no frames; the address holds a secret, so it is neither stored nor passed on. */
const headers = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': `default-src 'none'; style-src 'sha256-${styleHash}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`,
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-robots-tag': 'noindex, nofollow',
  vary: 'accept-language',
} as const;

export type PageAnswer = Readonly<{ statusCode: number; headers: Readonly<Record<string, string>>; body: string }>;

/** What a page of ours says. `heading` and `text` are plain text of our own; `form` is markup whose every value was escaped. */
export type PageContent = Readonly<{
  statusCode: number;
  language: string;
  heading: string;
  text: string;
  form?: string | undefined;
  /** The visitor may try again after so many seconds. */
  retryAfterS?: number | undefined;
}>;

/** Text between tags or within a quoted attribute. */
export const escaped = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => `&#${character.codePointAt(0)};`);

/** The one look of all public pages. */
export const pageOf = ({ statusCode, language, heading, text, form = '', retryAfterS }: PageContent): PageAnswer => {
  const body = `<!doctype html>
<html lang="${language}" dir="${directionOf(language)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${heading}</title>
<style>${style}</style>
</head>
<body>
<main>
<h1>${heading}</h1>
<p>${text}</p>${form === '' ? '' : `\n${form}`}
</main>
</body>
</html>
`;
  const retry: Readonly<Record<string, string>> =
    retryAfterS === undefined ? {} : { 'retry-after': String(retryAfterS) };
  return { statusCode, headers: { ...headers, 'content-language': language, ...retry }, body };
};
