// Puts the .liquid files into one module, so that they are in every bundle and under every runner without a loader.
// Run after each change of a template: node shared/mail/templating/generate-templates.ts
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { parseTemplate, type TemplateSource } from './template-source.ts';

const root = new URL('../templates/', import.meta.url);
const generated = new URL('./templates.generated.ts', import.meta.url);
const read = (path: string): string => readFileSync(new URL(path, root), 'utf8');

const literal = (text: string): string => `\`${text.replace(/[\\`]|\$\{/g, '\\$&')}\``;
const entry = (indent: string, key: string, text: string): string => `${indent}${key}: ${literal(text)},\n`;

const filesBelow = (folder: string): readonly string[] =>
  readdirSync(new URL(folder, root))
    .filter((file) => file.endsWith('.html.liquid'))
    .map((file) => `${folder}${file.slice(0, -'.html.liquid'.length)}`)
    .sort();

const campaignFolders = (): readonly string[] =>
  readdirSync(root, { withFileTypes: true })
    .filter((found) => found.isDirectory() && found.name !== 'parts')
    .map((found) => `${found.name}/`)
    .sort();

const templateEntry = (name: string): string => {
  const source: TemplateSource = parseTemplate(read(`${name}.html.liquid`), read(`${name}.text.liquid`));
  const { reward, ...texts } = source;
  const lines = Object.entries(texts).map(([key, text]) => entry('    ', key, text));
  return `  '${name}': {\n    reward: '${reward}',\n${lines.join('')}  },\n`;
};

/** The text of `templates.generated.ts` for the files as they stand. */
export const generatedModule = (): string =>
  [
    '// Made from templates/ by generate-templates.ts; a test compares. Change the .liquid files instead.\n',
    "import type { TemplateSource } from './template-source.ts';\n\n",
    `export const layout = {\n${entry('  ', 'html', read('layout.html.liquid'))}${entry('  ', 'text', read('layout.text.liquid'))}};\n\n`,
    `export const parts: Record<string, string> = {\n`,
    ...filesBelow('parts/').map((name) => entry('  ', name.slice('parts/'.length), read(`${name}.html.liquid`))),
    '};\n\n',
    'export const templates = {\n',
    ...campaignFolders().flatMap(filesBelow).map(templateEntry),
    '} as const satisfies Record<string, TemplateSource>;\n',
  ].join('');

if (import.meta.main) writeFileSync(generated, generatedModule());
