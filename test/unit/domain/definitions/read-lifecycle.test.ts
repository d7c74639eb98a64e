import { describe, expect, it } from 'vitest';
import { faultText } from '../../../../shared/domain/definitions/definition-fault.ts';
import { readLifecycle } from '../../../../shared/domain/definitions/read-lifecycle.ts';
import { writeLifecycle } from '../../../../shared/domain/definitions/write-lifecycle.ts';
import { ecommerce } from '../../../../shared/domain/lifecycle/ecommerce.ts';

const faultsOf = (text: string): readonly string[] => {
  const read = readLifecycle(text, 'lifecycle.yaml');
  return read.type === 'faults' ? read.faults.map(({ line, column, message }) => `${line}:${column} ${message}`) : [];
};
const stagesOf = (...lines: readonly string[]): string =>
  ['lifecycle: x', 'stages:', ...lines.map((line) => `  ${line}`), ''].join('\n');

describe('a lifecycle file', () => {
  it('is read with everything it says', () => {
    const text = writeLifecycle({
      name: 'ecommerce',
      stages: ecommerce.stages,
      exclude: [{ fact: 'tags', op: 'has', value: 'wholesale' }],
      adopt: 'monthly',
    });
    expect(text).toBe(`# Read from the top: the first line that fits is the customer's stage.
# silence 75% = longer than 75% of comparable customers waited who did come back
# (comparable: 1 order, 2-3 orders, 4 or more). \`perennial plan\` shows the days.
lifecycle: ecommerce

stages:
  - lead:     orders.placed = 0
  - lost:     silence > 98% and silence.days > 120
  - one_time: orders <= 1 and silence > 75%
  - lapsed:   silence > 90%
  - at_risk:  silence > 75%
  - won_back: lastOrder.endedSilence > 90%
  - loyal:    orders >= 3 and orders.last12Months in top 25% of repeat customers
  - active:   orders >= 2
  - new:      otherwise

exclude: # no stage, no fit, no mail: counted apart
  - tags has wholesale

adopt: monthly # new thresholds are proposed nightly, taken over on the 1st
`);
    expect(readLifecycle(text, 'x')).toMatchObject({
      type: 'lifecycle',
      draft: { stages: ecommerce.stages, adopt: 'monthly' },
    });
  });

  it('knows the place of a fault in every way YAML writes a text', () => {
    expect(
      faultsOf(
        stagesOf(
          '- a: order > 1',
          "- b: 'tags has ''x'' and ordr > 2'",
          '- c: "tags has \\"x\\" and ordr > 3"',
          '- d: >',
          '    case.open and',
          '    ordr > 4',
          '- e: |',
          '    ordr > 5',
          '- f: case.open or',
          '    tags has y or ordr > 6',
          '- g: otherwise',
        ),
      ),
    ).toEqual(
      ['3:8', '4:28', '5:28', '8:7', '10:7', '12:21'].map((place, n) =>
        n === 0
          ? `${place} no fact \`order\`; did you mean \`orders\`?`
          : `${place} no fact \`ordr\`; did you mean \`orders\`?`,
      ),
    );
  });

  it('with Windows line ends has the same places', () => {
    const text = stagesOf('- a: order > 1', '- b: otherwise');
    expect(faultsOf(text.replaceAll('\n', '\r\n'))).toEqual(faultsOf(text));
  });
});

/** A file, and all that is wrong with it: one slip, one fault. */
const slips: readonly (readonly [text: string, ...faults: readonly string[]])[] = [
  ['', '1:1 expected `lifecycle:` and `stages:`, got nothing'],
  ['hello', '1:1 expected `lifecycle:` and `stages:`, got a text'],
  ['lifecycle: x', '1:1 `stages:` is missing'],
  ['lifecycle: x\nstages: []', '2:9 expected one stage or more'],
  ['lifecycle: x\nstages: all', '2:9 expected a list of stages, got a text'],
  ['lifecycle: x\nstags:\n  - a: otherwise', '2:1 no key `stags`; did you mean `stages`?'],
  [
    'lifecycle: x\nstages:\n  - a: otherwise\ncolour: red',
    '4:1 no key `colour`; expected lifecycle, stages, exclude, adopt',
  ],
  [
    'lifecycle: My Shop\nstages:\n  - a: otherwise',
    "1:12 a lifecycle's name is 1 to 64 small letters, digits, - and _, a letter first, got `My Shop`",
  ],
  ['lifecycle: x\nlifecycle: y\nstages:\n  - a: otherwise', '2:1 this key is there twice'],
  [
    'lifecycle: x\nstages:\n  a: case.open\n  b: otherwise',
    '3:3 the order counts: begin each stage with a dash, `- a: …`',
  ],
  [stagesOf('- a:', '- b: otherwise'), '3:5 `a` has no rule: write a condition or `otherwise`'],
  [stagesOf('- a: case.open', '- b'), '4:5 `b` has no rule: write `- b: otherwise` or `- b: condition`'],
  [stagesOf('- a: [x]', '- b: otherwise'), '3:8 expected a condition, such as `orders >= 2`, got a list'],
  [stagesOf('- a: case.open', '  c: tags has x', '- b: otherwise'), '4:5 begin each stage with a dash: `- c: …`'],
  [
    stagesOf('- id: a', '  when: case.open', '- b: otherwise'),
    '4:5 a stage in a file is one line: `- name: condition`',
  ],
  [
    stagesOf('- At-Risk: case.open', '- b: otherwise'),
    "3:5 a stage's name is 1 to 32 small letters, digits and _, a letter first, got `At-Risk`; did you mean `at_risk`?",
  ],
  [
    stagesOf('- erased: case.open', '- b: otherwise'),
    '3:5 `erased` cannot be a stage: it is where people stand who are in none',
  ],
  [stagesOf('- a: case.open', '- a: otherwise'), '4:5 `a` is there twice: stage 1 has this name already'],
  [stagesOf('- a: case.open'), '3:8 the last stage takes everybody else: its rule is `otherwise`'],
  [
    stagesOf('- a: otherwise', '- b: otherwise'),
    '3:8 `otherwise` takes everybody: it is the rule of the last stage only',
  ],
  [stagesOf('- a: case.open', '- b: otherwize'), '4:8 no rule `otherwize`; did you mean `otherwise`?'],
  [stagesOf('- a: case.open', '- b: else'), '4:8 no rule `else`; did you mean `otherwise`?'],
  [
    stagesOf('- a: orders > 3', '- b: orders > 4', '- c: otherwise'),
    '4:8 nobody can ever stand here: whoever fits already stands in `a`',
  ],
  [
    stagesOf('- a: silence > 90%', '- b: silence > 98%', '- c: otherwise'),
    '4:8 nobody can ever stand here: whoever fits already stands in `a`',
  ],
  [
    stagesOf('- a: orders < 2 and orders > 1', '- c: otherwise'),
    '3:8 nobody can ever stand here: this condition contradicts itself',
  ],
  [
    stagesOf(
      '- a: orders > 5',
      '- b: orders < 3',
      '- c: orders >= 3 and orders <= 5 and case.open',
      '- d: orders in [3, 4, 5]',
      '- e: otherwise',
    ),
    '7:8 nobody can ever stand here: the stages above take everybody',
  ],
  [
    stagesOf(
      '- a: orders < 3',
      '- b: orders > 3',
      '- c: orders >= 3 and orders <= 3',
      '- d: tags has x',
      '- e: otherwise',
    ),
    '6:8 nobody can ever stand here: the stages above take everybody who fits',
    '7:8 nobody can ever stand here: the stages above take everybody',
  ],
  [
    `${stagesOf('- a: otherwise')}exclude:\n  - silence > 90%\n  - tags has x or lastOrder.at within 30d`,
    '5:5 `silence` changes by time alone; `exclude` looks only at what stays, such as `tags` or `email.domain`',
    '6:19 `lastOrder.at within` changes by time alone; `exclude` looks only at what stays, such as `tags` or `email.domain`',
  ],
  [`${stagesOf('- a: otherwise')}exclude:\n  - orders >= 0`, '5:5 this leaves everybody out'],
  [`${stagesOf('- a: otherwise')}exclude: tags has x`, '4:10 expected a list, each line `- condition`, got a text'],
  [`${stagesOf('- a: otherwise')}adopt: montly`, '4:8 `adopt` is not `montly`; did you mean `monthly`?'],
  [`${stagesOf('- a: otherwise')}adopt: weekly`, '4:8 `adopt` is not `weekly`; expected `monthly` or `never`'],
  [
    stagesOf('- a: tags has x: y', '- b: otherwise'),
    '3:8 a second `: ` on one line; put what follows the first in quotes',
  ],
  ['lifecycle: x\nstages:\n\t- a: otherwise', '3:1 indent with spaces, not with tabs'],
  [stagesOf("- a: 'case.open", '- b: otherwise'), '3:8 this quote is never closed'],
  [
    stagesOf('- a: tags has x: y', '- b: order > 1', '- c: otherwise'),
    '3:8 a second `: ` on one line; put what follows the first in quotes',
    '4:8 no fact `order`; did you mean `orders`?',
  ],
  [
    `lifecycle: x\nstages:\n  - a: otherwise\n---\nlifecycle: y\n`,
    '4:1 a file holds one definition; `---` is not used here',
  ],
  [
    'lifecycle: &n x\nstages:\n  - a: case.open\n  - b: *n',
    '4:8 expected a condition, such as `orders >= 2`, got a reference',
  ],
];

describe('one slip, one fault, at its place', () => {
  it.each(slips)('%j', (text, ...expected) => expect(faultsOf(text)).toEqual(expected));

  it('a file has at most 20 stages and 64 kB', () => {
    const many = Array.from({ length: 21 }, (_, n) => `- s${n}: ${n === 20 ? 'otherwise' : `tags has t${n}`}`);
    expect(faultsOf(stagesOf(...many))).toEqual(['23:5 a lifecycle has at most 20 stages, got 21']);
    expect(faultsOf(stagesOf(...many.slice(1)))).toEqual([]);
    expect(faultsOf(`lifecycle: x\nstages: ${'['.repeat(30_000)}`).join()).toContain('nest too deeply here');
    expect(faultsOf(`# ${'x'.repeat(65_536)}`)).toEqual(['1:1 a definition has at most 64 kB']);
  });
});

describe('a fault as it is printed', () => {
  const printed = (text: string): string => {
    const read = readLifecycle(text, 'lifecycle.yaml');
    return read.type === 'faults' ? read.faults.map(faultText).join('\n') : '';
  };
  it('marks what it is about with carets', () =>
    expect(printed(stagesOf('- repeat: order >= 2', '- b: otherwise'))).toBe(
      [
        'lifecycle.yaml:3:13  - repeat: order >= 2   no fact `order`; did you mean `orders`?',
        '                               ^^^^^',
      ].join('\n'),
    ));

  it('keeps the carets below what they mark where characters are wide', () =>
    expect(printed(stagesOf("- a: tags has '客户' and order > 1", '- b: otherwise'))).toBe(
      [
        "lifecycle.yaml:3:26  - a: tags has '客户' and order > 1   no fact `order`; did you mean `orders`?",
        `${' '.repeat(46)}^^^^^`,
      ].join('\n'),
    ));

  it('shows of a long line the part around the fault', () => {
    const long = Array.from({ length: 20 }, (_, n) => `tags has tag${n}`).join(' or ');
    const [line = '', carets = ''] = printed(stagesOf(`- a: ${long} or order > 1 or ${long}`, '- b: otherwise')).split(
      '\n',
    );
    expect(line.length).toBeLessThan(200);
    expect(line.slice(carets.indexOf('^'), carets.length)).toBe('order');
  });
});
