import * as z from 'zod';

/** What stands above a template's HTML, between two lines of dashes; each value is one line of Liquid. */
const frontMatter = z.strictObject({
  /** BCP 47 language the template is written in; its writing direction follows. */
  lang: z.string().regex(/^[a-z]{2,3}(-[A-Za-z0-9]+)*$/),
  subject: z.string().min(1),
  /** What an inbox shows after the subject. */
  preheader: z.string().min(1),
  /** Why the reader gets this mail; stands in the footer. */
  because: z.string().min(1),
  /** The words of the unsubscribe link. */
  unsubscribe: z.string().min(1),
  /** Whether the mail shows a reward code. */
  reward: z.enum(['none', 'required']),
});

export type TemplateSource = Readonly<z.infer<typeof frontMatter> & { html: string; text: string }>;

/** Reads one template from its two files. Throws a `ZodError` that names the entry, or says that the dashes are missing. */
export const parseTemplate = (htmlFile: string, textFile: string): TemplateSource => {
  const parts = /^---\n([\s\S]*?)\n---\n([\s\S]*)$/.exec(htmlFile);
  if (parts === null)
    throw new Error("cannot read template: 'front matter' must stand between two lines of ---, got none");
  const [, head = '', html = ''] = parts;
  const entries = head.split('\n').map((line) => {
    const colon = line.indexOf(':');
    return [line.slice(0, colon).trim(), line.slice(colon + 1).trim()];
  });
  return { ...frontMatter.parse(Object.fromEntries(entries)), html, text: textFile };
};
