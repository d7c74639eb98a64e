import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { parseCondition } from '../../../../shared/domain/conditions/language/parse-condition.ts';
import { lifecycleJsonSchema } from '../../../../shared/domain/definitions/yaml/lifecycle-json-schema.ts';
import { factCatalogue } from '../../../../shared/domain/facts/fact-catalogue.ts';

const file = join(import.meta.dirname, '../../../../docs/schemas/lifecycle.schema.json');
const published: unknown = JSON.parse(readFileSync(file, 'utf8'));

const conditionForm = z.object({ examples: z.array(z.string()), description: z.string() });
const schemaForm = z.object({
  properties: z.object({
    stages: z.object({ items: z.object({ additionalProperties: conditionForm }) }),
    exclude: z.object({ items: conditionForm }),
  }),
});

describe('the published JSON Schema of lifecycle.yaml', () => {
  /* After a change of facts, write it anew:
     node -e "import('./shared/domain/definitions/yaml/lifecycle-json-schema.ts').then((m) => console.log(JSON.stringify(m.lifecycleJsonSchema())))" > docs/schemas/lifecycle.schema.json
     npx biome format --write docs/schemas */
  it('is the one made from the facts of today', () => expect(published).toEqual(lifecycleJsonSchema()));

  const { stages, exclude } = schemaForm.parse(published).properties;
  const forms = [stages.items.additionalProperties, exclude.items];

  it('tells of every fact, wherever a condition stands', () => {
    for (const { description } of forms)
      expect(Object.keys(factCatalogue).filter((name) => !description.includes(`- \`${name}\` (`))).toEqual([]);
  });

  it('gives examples that can be read', () => {
    const examples = forms.flatMap((form) => form.examples).filter((example) => example !== 'otherwise');
    expect(examples.length).toBeGreaterThan(10);
    for (const example of examples) expect(parseCondition(example)).toMatchObject({ type: 'condition' });
  });
});
