import { createHmac } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { signedHeaders } from '../../../infra/local/start/play/sign-delivery.ts';

const data = new URL('../../../../shared/data/webhooks/', import.meta.url).pathname;
const secrets = { shopify: 'shpss_test', standard: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw' };

describe('signed deliveries', () => {
  it('carry the vector of the Standard Webhooks specification', () => {
    const delivery = {
      source: 'standard',
      topic: 'x',
      id: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
      body: '{"test": 2432232314}',
    } as const;
    expect(signedHeaders(delivery, secrets, 1_614_265_330_999)).toMatchObject({
      'webhook-timestamp': '1614265330',
      'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
    });
  });

  it('sign UTF-8 bytes the way Shopify does', () => {
    const body = '{"name":"Zoë 🌼 נועה"}';
    const expected = createHmac('sha256', secrets.shopify).update(Buffer.from(body, 'utf8')).digest('base64');
    expect(signedHeaders({ source: 'shopify', topic: 'orders/create', id: '1', body }, secrets, 0)).toMatchObject({
      'x-shopify-hmac-sha256': expected,
      'x-shopify-topic': 'orders/create',
    });
  });

  it.skipIf(!existsSync(data))('agree with recorded Shopify deliveries (../shared/data; skipped where absent)', () => {
    type Recorded = Readonly<{ bodyFile: string; topic: string; secret: string; headers: Record<string, string> }>;
    const recorded: readonly Recorded[] = JSON.parse(readFileSync(`${data}shopify/deliveries.json`, 'utf8'));
    for (const { bodyFile, topic, secret, headers } of recorded) {
      const body = readFileSync(`${data}shopify/${bodyFile}`, 'utf8');
      const signed = signedHeaders({ source: 'shopify', topic, id: 'x', body }, { ...secrets, shopify: secret }, 0);
      expect(signed['x-shopify-hmac-sha256'], bodyFile).toBe(headers['X-Shopify-Hmac-Sha256']);
    }
  });
});
