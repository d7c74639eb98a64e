import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { renderMail } from '../../../shared/mail/render-mail.ts';
import { templateNames } from '../../../shared/mail/templating/template-named.ts';
import { minimal, regular, shop, shownText } from './mail-request.ts';

const named = (firstName: string, template = 'welcome/settling-in') =>
  renderMail({ ...regular, template, profile: { firstName } });
const tagsOf = (html: string): string[] => html.match(/<[^>]*>/g) ?? [];
const bare = tagsOf(renderMail({ ...regular, template: 'welcome/settling-in' }).html);
/** The greeting's own element is there only with a name. */
const withoutName = (tags: readonly string[]): readonly string[] => tags.filter((tag) => !/^<\/?bdi>$/.test(tag));

describe('a customer who is called like a program', () => {
  it.each([
    '<script>alert(1)</script>',
    '<img src=x onerror=alert(1)>',
    '"><b>Ada',
    "' onmouseover='x",
    '</title><b>Ada</b>',
    '<!--Ada',
    'Ada & Bo',
  ])('is shown as text in HTML: %s', (name) => {
    const { html, subject } = named(name);
    expect(tagsOf(html)).toEqual(bare);
    expect(shownText(html)).toContain(`Hello ${name},`);
    expect(subject).toContain(name);
  });

  it.each([
    '{{ store.postal }}',
    '{{constructor.constructor("return 1")()}}',
    "{% render 'hero' %}x",
    '{% for i in (1..1000000) %}x{% endfor %}',
    '{{ "x" | raw }}',
    'x {% endif %}',
    '{% include "layout" %} x',
  ])('is never read as a template: %s', (name) => {
    const { html, text, subject } = named(name);
    const shown = name.length > 40 ? `${name.slice(0, 40).trimEnd()}…` : name;
    for (const part of [shownText(html), text]) expect(part).toContain(`Hello ${shown},`);
    expect(subject.startsWith(`${shown}, `)).toBe(true);
  });

  it('with entities in the name sees them as typed, once escaped', () => {
    expect(named('Tom &amp; Ann').html).toContain('Tom &amp;amp; Ann');
  });
});

describe('a customer whose name no mail program could show', () => {
  it.each(['Ada\u0000', 'Ada\r\nBcc: x', 'Ada\ud800', '\n', '\u0007'])('is greeted without: %j', (name) => {
    const { html, text, subject } = named(name);
    expect(text).toMatch(/^Hello,\n/);
    expect(shownText(html)).toContain('Hello,');
    expect(subject).toBe('Is everything as you hoped?');
  });

  it('of 10,000 characters is shown short', () => {
    const { html, text, subject } = named(`Ada ${'long '.repeat(2_000)}`);
    expect(subject.length).toBeLessThan(100);
    expect(text).toMatch(/^Hello Ada long .{10,40}…,\n/);
    expect(html.length).toBeLessThan(30_000);
  });
});

describe('a name of the other writing direction', () => {
  it('keeps to itself: an element in HTML, isolates in text and subject', () => {
    const { html, text, subject } = named('محمد');
    expect(html).toContain('Hello <bdi>محمد</bdi>,');
    expect(text).toMatch(/^Hello \u2068محمد\u2069,\n/);
    expect(subject).toBe('\u2068محمد\u2069, is everything as you hoped?');
  });

  it('needs nothing when it runs the same way', () => {
    for (const name of ['Ada', '小林', '👩‍👩‍👧‍👦', 'नीरज']) expect(named(name).text).toContain(`Hello ${name},`);
  });
});

describe('a shop with a difficult name', () => {
  it('is shown as text', () => {
    const store = { ...shop, name: '<b>Fish</b> & "Chips" {{ x }}' };
    const { html, text, subject } = renderMail({ ...regular, store, template: 'win-back/since-you-left' });
    expect(tagsOf(html)).not.toContain('<b>');
    for (const part of [shownText(html), text, subject]) expect(part).toContain(store.name);
  });

  it('with a line in its address that looks like HTML shows it as text', () => {
    const store = { ...shop, postalAddress: '<i>1 Quay</i>\r\n"Whitby"' };
    const { html, text } = renderMail({ ...minimal, store });
    expect(tagsOf(html)).not.toContain('<i>');
    expect(shownText(html)).toContain('<i>1 Quay</i>\n"Whitby"');
    expect(text).toContain('<i>1 Quay</i>\n"Whitby"\n');
  });

  it('with quotes in its site cannot leave the attribute', () => {
    const { html } = renderMail({ ...minimal, store: { ...shop, siteUrl: 'https://shop.example/"><script>x' } });
    expect(html).not.toContain('<script');
    expect(html).toContain('href="https://shop.example/%22%3E%3Cscript%3Ex"');
  });
});

describe('whatever a customer is called', () => {
  const anyName = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 200 }),
    fc.string({ unit: 'grapheme', maxLength: 60 }),
    fc
      .array(fc.constantFrom('<', '>', '"', "'", '&', '{{', '}}', '{%', '%}', '\r\n', '\u0000', '=?', 'a', '\u202e'))
      .map((p) => p.join('')),
  );

  it('the subject is one well-formed line, the HTML keeps its elements, and nothing new gets into the headers', () =>
    fc.assert(
      fc.property(anyName, fc.constantFrom(...templateNames), (firstName, template) => {
        const { subject, html, text, headers } = named(firstName, template);
        expect(subject.isWellFormed() && html.isWellFormed() && text.isWellFormed()).toBe(true);
        expect(subject).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}]|=\?/u);
        expect(withoutName(tagsOf(html))).toEqual(withoutName(tagsOf(named('Ada', template).html)));
        expect(Object.keys(headers)).toEqual(['List-Unsubscribe', 'List-Unsubscribe-Post']);
      }),
      { numRuns: 500 },
    ));
});
