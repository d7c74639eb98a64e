import { describe, expect, it } from 'vitest';
import { renderMail } from '../../../shared/mail/render-mail.ts';
import { regular, shop, shownText, unsubscribeUrl } from '../mail/mail-request.ts';

const confirmUrl = 'https://api.harbourandpine.example/confirm/abc.def';
const { siteUrl: _siteUrl, ...store } = shop;

describe.each(['consent/please-confirm', 'consent/please-confirm-de'])('the mail %s', (template) => {
  const mail = renderMail({ ...regular, store, template, confirmUrl });

  it('leads to the confirmation and the way out, and nowhere else', () => {
    const links = [...mail.html.matchAll(/href="([^"]*)"/g)].map(([, href]) => href);
    expect(new Set(links)).toEqual(new Set([confirmUrl, unsubscribeUrl]));
    expect(mail.text.match(/https?:\S+/g)).toEqual([confirmUrl, unsubscribeUrl]);
    expect(mail.html).not.toMatch(/<(?:img|script|iframe|link)\b|url\(/i);
  });

  it('says who writes and from where, and can be stopped by one click', () => {
    for (const part of [shownText(mail.html), mail.text]) {
      expect(part).toContain('Harbour & Pine');
      expect(part).toContain('3 Quay Street');
      expect(part).toContain('Ada');
    }
    expect(mail.headers).toEqual({
      'List-Unsubscribe': `<${unsubscribeUrl}>`,
      'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
    });
  });

  it('leaves no trace of Liquid or of a missing value', () => {
    for (const part of [mail.subject, shownText(mail.html), mail.text])
      expect(part).not.toMatch(/\{[{%]|[%}]\}|undefined|\bnull\b/);
  });
});
