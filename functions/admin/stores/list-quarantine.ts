import * as z from 'zod';
import { toIso } from '../../../shared/domain/time.ts';
import { anyRole } from '../caller.ts';
import { readCursor, writeCursor } from '../cursor.ts';
import { cursorParameter, instant } from '../instant.ts';
import { defineRoute, noBody, ok } from '../route.ts';

const response = z.object({
  items: z.array(
    z.object({
      at: instant,
      source: z.string(),
      topic: z.string(),
      reason: z.string(),
      ids: z.record(z.string(), z.string()).meta({ description: "The platform's ids, no personal data" }),
      deliveryId: z.string().optional(),
    }),
  ),
  cursor: z.string().optional(),
});

export const listQuarantine = defineRoute({
  method: 'GET',
  path: '/v1/quarantine',
  operationId: 'listQuarantine',
  summary: 'Signed deliveries that could not be used, or that ask something of the operator; kept 30 days',
  roles: anyRole,
  query: z.strictObject({ cursor: cursorParameter }),
  body: noBody,
  response,
  async run(deps, call) {
    const key = await deps.secrets.deploymentKey();
    const scope = ['quarantine', call.store.id];
    const from = call.query.cursor === undefined ? undefined : readCursor(key, scope, call.query.cursor);
    if (from?.type === 'problem') return from;
    const page = await deps.intake.listQuarantine(call.store.id, from?.position);
    return ok({
      items: page.items.map(({ at, source, topic, reason, ids, deliveryId }) => ({
        at: toIso(at),
        source,
        topic,
        reason,
        ids: { ...ids },
        deliveryId,
      })),
      ...(page.cursor === undefined ? {} : { cursor: writeCursor(key, scope, page.cursor) }),
    });
  },
});
