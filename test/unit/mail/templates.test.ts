import { readFileSync } from 'node:fs';
import { build } from 'esbuild';
import { describe, expect, it } from 'vitest';
import { defaultCampaigns } from '../../../shared/domain/campaigns/default-campaigns.ts';
import { confirmationCampaign } from '../../../shared/domain/sends/confirmation-send.ts';
import { mailScope } from '../../../shared/mail/mail-scope.ts';
import { generatedModule } from '../../../shared/mail/templating/generate-templates.ts';
import { renderParts } from '../../../shared/mail/templating/template-engine.ts';
import { type NamedTemplate, templateNamed, templateNames } from '../../../shared/mail/templating/template-named.ts';
import { parseTemplate } from '../../../shared/mail/templating/template-source.ts';
import { regular } from './mail-request.ts';

const welcome = templateNamed('welcome/settling-in');
const rendering = (change: Partial<NamedTemplate>) => {
  const template = { ...welcome, ...change };
  return () => renderParts(template, mailScope(template, regular));
};

describe('the templates', () => {
  it('in the bundle are those in the folder (else run: node shared/mail/templating/generate-templates.ts)', () => {
    const generated = new URL('../../../shared/mail/templating/templates.generated.ts', import.meta.url);
    expect(generatedModule()).toBe(readFileSync(generated, 'utf8'));
  });

  it('are one for each campaign that ships, and what asks for a confirmation in two languages', () => {
    expect(templateNames.map((name) => name.split('/')[0])).toEqual([
      'consent',
      'consent',
      'lead-nurture',
      'loyalty-reward',
      'rescue',
      'upsell',
      'welcome',
      'win-back',
    ]);
  });

  it('are what the campaigns name, and show a code where a campaign gives one', () => {
    const steps = [confirmationCampaign, ...defaultCampaigns].flatMap((campaign) => campaign.steps);
    expect(steps.map(({ template }) => template).sort()).toEqual(
      templateNames.filter((name) => name !== 'consent/please-confirm-de'),
    );
    for (const { template, reward } of steps) {
      expect(templateNamed(template).reward, template).toBe(reward === undefined ? 'none' : 'required');
    }
  });

  it('come along in a bundle by themselves, without a file, a loader or zod', async () => {
    const entryPoints = [new URL('../../../shared/mail/render-mail.ts', import.meta.url).pathname];
    const options = {
      bundle: true,
      write: false,
      minify: true,
      platform: 'node',
      format: 'esm',
      metafile: true,
    } as const;
    const { metafile, outputFiles } = await build({ entryPoints, ...options });
    const packages = Object.keys(metafile.inputs).flatMap((path) => /node_modules\/([^/]+)/.exec(path)?.[1] ?? []);
    expect([...new Set(packages)]).toEqual(['liquidjs']);
    expect(outputFiles[0]?.text).toContain('The shelves have changed');
    expect(outputFiles[0]?.contents.length).toBeLessThan(200_000);
  });
});

describe('a template', () => {
  it('with a misspelt variable or filter is a fault, not a gap', () => {
    for (const html of ['{{ fristName }}', '{{ store.nmae }}', '{{ orders | plusone }}', '{% nothing %}']) {
      expect(rendering({ html }), html).toThrow("cannot render mail: 'template' must");
    }
  });

  it('may ask whether an optional value is there', () => {
    expect(rendering({ text: '{% if rewardCode %}x{% else %}no code{% endif %}' })().text).toMatch(/^no code/);
  });

  it.each([
    '{% render ../../package.json %}',
    "{% render '../../package.json' %}",
    '{% include /etc/passwd %}',
    '{% layout /etc/passwd %}',
    '{% render firstName %}',
  ])('reaches no file and no partial that does not ship: %s', (html) => expect(rendering({ html })).toThrow());

  it('reaches nothing of JavaScript', () => {
    const html = '{{ store.constructor }}';
    expect(rendering({ html })).toThrow();
    expect(rendering({ html: '{{ store.name.constructor }}' })).toThrow();
  });

  it('that runs away is stopped', () => {
    const startedAt = performance.now();
    const loop = '{% for i in (1..100000) %}{% for j in (1..100000) %}x{% endfor %}{% endfor %}';
    expect(rendering({ html: loop })).toThrow("cannot render mail: 'template' must render within its limits");
    expect(rendering({ html: '{% for i in (1..99999999999) %}x{% endfor %}' })).toThrow();
    expect(performance.now() - startedAt).toBeLessThan(5_000);
  });

  it('written from right to left turns the page, its alignment, and isolates the shop', () => {
    const { html, text } = rendering({ lang: 'ar', text: '{{ store.name }}' })();
    expect(html).toContain('<html lang="ar" dir="rtl">');
    expect(html).toContain('<td class="card" align="right"');
    expect(html).not.toContain('align="left"');
    expect(text).toMatch(/^\u2068Harbour & Pine\u2069\n/);
  });
});

describe('the head of a template file', () => {
  const head = 'lang: en\nsubject: a: b\npreheader: p\nbecause: c\nunsubscribe: u\nreward: none';

  it('is read as written, colons included', () => {
    expect(parseTemplate(`---\n${head}\n---\n<p>\n`, 'text')).toEqual({
      lang: 'en',
      subject: 'a: b',
      preheader: 'p',
      because: 'c',
      unsubscribe: 'u',
      reward: 'none',
      html: '<p>\n',
      text: 'text',
    });
  });

  it.each([
    ['is missing', '<p>'],
    ['lacks an entry', `---\n${head.replace('because: c\n', '')}\n---\n`],
    ['has an empty entry', `---\n${head.replace('because: c', 'because:')}\n---\n`],
    ['has an entry too many', `---\n${head}\nsubjet: x\n---\n`],
    ['says something else of the reward', `---\n${head.replace('none', 'maybe')}\n---\n`],
    ['names no language', `---\n${head.replace('lang: en', 'lang: English!')}\n---\n`],
  ])('is refused when it %s', (_, file) => expect(() => parseTemplate(file, 'text')).toThrow());
});
