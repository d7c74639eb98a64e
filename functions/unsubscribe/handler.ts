import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import type { PageAnswer } from '../page/page-shell.ts';
import { wireClock, wireContactRestriction, wireLog, wireSecrets } from '../wiring.ts';
import { answer } from './answer.ts';

// once per cold start
const clock = wireClock();
const deps = { customers: wireContactRestriction(), secrets: wireSecrets(), log: wireLog() };

/** Deliberately without middleware: what stands between a person and their opt-out is this file and what it names. */
export const handler = (event: APIGatewayProxyEventV2): Promise<PageAnswer> => answer(deps, event, clock.now());
