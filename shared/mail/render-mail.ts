import type { Mail } from '../ports/mailer.ts';
import { assertHeaderText, unsubscribeHeaders } from './mail-headers.ts';
import { type MailRequest, mailScope } from './mail-scope.ts';
import { renderParts } from './templating/template-engine.ts';
import { templateNamed } from './templating/template-named.ts';

/** What a mail says; who sends it to whom is the sender's business. */
export type RenderedMail = Pick<Mail, 'subject' | 'html' | 'text' | 'headers'>;

/**
 * Renders one campaign mail: the same request gives the same bytes.
 *
 * Values of customers and orders are data, never template: escaped in HTML, one line everywhere. A first name that could
 * not be a name (control characters, an address, markup for headers) is left out and the greeting does without.
 *
 * @throws {LifecycleError} `template.unknown`; `template.failed` when the store lacks what the law or the template asks
 * for (postal address, reward code), a link is not http(s), or the template breaks its limits.
 */
export const renderMail = (request: MailRequest): RenderedMail => {
  const template = templateNamed(request.template);
  const headers = unsubscribeHeaders(request.template, request.unsubscribeUrl);
  const { subject, html, text } = renderParts(template, mailScope(template, request));
  return { subject: assertHeaderText(request.template, 'subject', subject), html, text, headers };
};
