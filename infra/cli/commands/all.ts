import type { Command } from '../command.ts';
import { clock } from './clock.ts';
import { erase } from './erase.ts';
import { explain } from './explain.ts';
import { exportPerson } from './export.ts';
import { apply } from './lifecycle/apply.ts';
import { fit } from './lifecycle/fit.ts';
import { plan } from './lifecycle/plan.ts';
import { rebase } from './lifecycle/rebase.ts';
import { order } from './order.ts';
import { reconcile } from './reconcile/reconcile.ts';
import { restore } from './restore/restore.ts';
import { doctor } from './sending/doctor.ts';
import { pause } from './sending/pause.ts';
import { resume } from './sending/resume.ts';
import { unsuppress } from './sending/unsuppress.ts';
import { storeAdd } from './store-add.ts';
import { storeRotateSecret } from './store-rotate-secret.ts';
import { storeSet } from './store-set.ts';
import { storeShow } from './store-show.ts';

/** Every command, in the order the help shows them. */
export const commands: readonly Command[] = [
  storeAdd,
  storeSet,
  storeShow,
  storeRotateSecret,
  plan,
  apply,
  rebase,
  fit,
  doctor,
  pause,
  resume,
  restore,
  reconcile,
  explain,
  unsuppress,
  erase,
  exportPerson,
  order,
  clock,
];
