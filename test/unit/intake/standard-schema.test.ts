import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { standardJsonSchema } from '../../../shared/domain/intake/standard/schema.ts';

const path = 'docs/schemas/standard-webhook.schema.json';

describe('the published JSON Schema of standard webhooks', () => {
  it('is the one bodies are read by', () => {
    const published: unknown = JSON.parse(readFileSync(join(import.meta.dirname, '../../..', path), 'utf8'));
    expect(published).toEqual(JSON.parse(JSON.stringify(standardJsonSchema())));
  });
  it('asks for no more than the documented fields and forbids no others', () => {
    const text = JSON.stringify(standardJsonSchema());
    expect(text).toContain('"required":["id","status","currency","total","placedAt","updatedAt"]');
    expect(text).not.toContain('additionalProperties":false');
  });
});
