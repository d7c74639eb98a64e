import { answer, type LinkVisit } from '../../../functions/unsubscribe/answer.ts';
import type { UnsubscribeDeps } from '../../../functions/unsubscribe/unsubscribe.ts';
import { memoryCustomerStore } from '../../../shared/adapters/memory/memory-customer-store.ts';
import { memoryTable } from '../../../shared/adapters/memory/memory-table.ts';
import { mintUnsubscribeToken } from '../../../shared/domain/sends/unsubscribe-token.ts';
import type { CustomerStore } from '../../../shared/ports/customer-store.ts';

export const key = new Uint8Array(32).fill(42);
export const ada = { store: 'demo', customerId: 'ada-0123456789abcdefgh', purpose: 'marketing' } as const;
export const adasToken = mintUnsubscribeToken(ada, key, 1);

/** A store that keeps what it is told, and counts how often it is told. */
export const openStore = (): {
  customers: CustomerStore;
  deps: UnsubscribeDeps;
  writes: () => number;
  faults: object[];
} => {
  const customers = memoryCustomerStore(memoryTable());
  const faults: object[] = [];
  let writes = 0;
  const deps: UnsubscribeDeps = {
    customers: {
      restrictContact: (...restriction) => {
        writes += 1;
        return customers.restrictContact(...restriction);
      },
    },
    secrets: { deploymentKey: async () => key },
    log: { error: (message, fields) => faults.push({ message, ...fields }) },
  };
  return { customers, deps, writes: () => writes, faults };
};

export const visit = (
  deps: UnsubscribeDeps,
  method: string,
  token: string | undefined,
  now: number,
  language?: string,
): ReturnType<typeof answer> => {
  const headers = language === undefined ? {} : { 'accept-language': language };
  const http = { method, path: '/u/x', protocol: 'HTTP/1.1', sourceIp: '203.0.113.9', userAgent: 'test' };
  const requestContext = { http } as LinkVisit['requestContext'];
  return answer(deps, { headers, requestContext, ...(token !== undefined && { pathParameters: { token } }) }, now);
};
