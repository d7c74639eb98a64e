import { customerTimeline } from './customers/customer-timeline.ts';
import { eraseCustomer } from './customers/erase-customer.ts';
import { explainCustomer } from './customers/explain-customer.ts';
import { exportCustomer } from './customers/export-customer.ts';
import { getCustomer } from './customers/get-customer.ts';
import { listCustomers } from './customers/list-customers.ts';
import { lookupCustomer } from './customers/lookup-customer.ts';
import { getLifecycle } from './lifecycle/get-lifecycle.ts';
import { getRebase } from './lifecycle/get-rebase.ts';
import { listFits } from './lifecycle/list-fits.ts';
import { listPresets } from './lifecycle/list-presets.ts';
import { previewLifecycle } from './lifecycle/preview-lifecycle.ts';
import { putLifecycle } from './lifecycle/put-lifecycle.ts';
import { getReconcile } from './reconcile/get-reconcile.ts';
import { startReconcile } from './reconcile/start-reconcile.ts';
import { campaignReport } from './reports/campaign-report.ts';
import { stageReport } from './reports/stage-report.ts';
import { getRestore } from './restore/get-restore.ts';
import { postRestore } from './restore/start-restore.ts';
import type { Route } from './route.ts';
import { getStore } from './stores/get-store.ts';
import { listQuarantine } from './stores/list-quarantine.ts';
import { liftSuppression } from './suppressions/lift-suppression.ts';
import { lookupSuppression } from './suppressions/lookup-suppression.ts';

/** Every call of the admin API. */
export const routes: readonly Route[] = [
  getStore,
  listCustomers,
  lookupCustomer,
  getCustomer,
  eraseCustomer,
  exportCustomer,
  explainCustomer,
  customerTimeline,
  lookupSuppression,
  liftSuppression,
  getLifecycle,
  putLifecycle,
  previewLifecycle,
  listPresets,
  getRebase,
  startReconcile,
  getReconcile,
  postRestore,
  getRestore,
  listFits,
  stageReport,
  campaignReport,
  listQuarantine,
];

const idPattern = '([A-Za-z0-9_-]{1,64})';

const compiled = routes.map((route) => ({
  route,
  names: [...route.path.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? ''),
  pattern: new RegExp(`^${route.path.replace(/\{\w+\}/g, idPattern)}$`),
}));

export type RouteMatch =
  | Readonly<{ type: 'route'; route: Route; params: Readonly<Record<string, string>> }>
  | Readonly<{ type: 'wrong-method'; allow: readonly string[] }>
  | Readonly<{ type: 'no-route' }>;

const decoded = (path: string): string => {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
};

/** Which call a request means. */
export const matchRoute = (method: string, path: string): RouteMatch => {
  const here = compiled.flatMap((candidate) => {
    const match = candidate.pattern.exec(decoded(path));
    return match === null ? [] : [{ ...candidate, ids: match.slice(1) }];
  });
  if (here.length === 0) return { type: 'no-route' };
  const found = here.find(({ route }) => route.method === method);
  if (found === undefined) return { type: 'wrong-method', allow: here.map(({ route }) => route.method) };
  return {
    type: 'route',
    route: found.route,
    params: Object.fromEntries(found.names.map((name, n) => [name, found.ids[n] ?? ''])),
  };
};
