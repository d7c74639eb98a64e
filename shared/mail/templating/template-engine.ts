import { Liquid, type Template } from 'liquidjs';
import { mailFault } from '../mail-fault.ts';
import { type MailScope, plainTextScope } from '../mail-scope.ts';
import { remembered } from '../remembered.ts';
import type { NamedTemplate } from './template-named.ts';
import { layout, parts } from './templates.generated.ts';

/** Far above what any mail needs, far below what would hold up the others of a batch. */
const limits = { renderLimit: 1_000, memoryLimit: 1_000_000, templateLimit: 10_000 };

/** No file access: partials come from the bundle, by literal name. Unknown variables and filters are faults. */
const safe = {
  templates: parts,
  dynamicPartials: false,
  ownPropertyOnly: true,
  strictFilters: true,
  strictVariables: true,
  lenientIf: true,
  parseLimit: 200_000,
  ...limits,
} as const;

const html = new Liquid({ ...safe, outputEscape: 'escape' });
const plain = new Liquid(safe);

/** Parsed once per process and template, on first use. */
const parsedHtml = remembered((source): Template[] => html.parse(source));
const parsedPlain = remembered((source): Template[] => plain.parse(source));

/** Characters of one part: ten times what Gmail shows before it cuts a mail off (102 KB), a fortieth of what SES takes. */
const maxPartLength = 1_000_000;

/** The engine counts what a template allocates and not what it puts out; a length is known before the text is put together. */
const rendered = (engine: Liquid, template: Template[], scope: object): string => {
  const text = String(engine.renderSync(template, scope, limits));
  if (text.length > maxPartLength) throw new RangeError(`more than ${maxPartLength} characters`);
  return text;
};

const renderHtml = (source: string, scope: object): string => rendered(html, parsedHtml(source), scope);
const renderPlain = (source: string, scope: object): string => rendered(plain, parsedPlain(source), scope);

/** The words of the link to the preference centre. */
const preferencesWords = (lang: string): string =>
  lang.startsWith('de') ? 'Auswählen, was kommt' : 'Choose what you get';

const htmlPart = (template: NamedTemplate, scope: MailScope, subject: string): string =>
  renderHtml(layout.html, {
    ...scope,
    subject,
    preheader: renderPlain(template.preheader, scope),
    because: renderPlain(template.because, scope),
    unsubscribe: template.unsubscribe,
    preferences: preferencesWords(template.lang),
    content: renderHtml(template.html, scope),
  });

const textPart = (template: NamedTemplate, scope: MailScope): string =>
  renderPlain(layout.text, {
    ...scope,
    because: renderPlain(template.because, scope),
    unsubscribe: template.unsubscribe,
    preferences: preferencesWords(template.lang),
    content: renderPlain(template.text, scope).trim(),
  })
    // Line by line: a pattern for white space before a line's end looks at a run of n blanks n times.
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n')
    .replace(/\n{3,}/g, '\n\n');

/** Fills a template and its layout. The subject is made for a header, so it is plain text; where HTML shows it, it is escaped. */
export const renderParts = (
  template: NamedTemplate,
  scope: MailScope,
): Readonly<{ subject: string; html: string; text: string }> => {
  try {
    const inText = plainTextScope(scope);
    const subject = renderPlain(template.subject, inText).trim();
    return { subject, html: htmlPart(template, scope, subject), text: textPart(template, inText) };
  } catch (cause) {
    throw mailFault(template.name, 'template', 'render within its limits', 'a fault in the template', cause);
  }
};
