import { Duration } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { env } from '../../shared/env.ts';
import { NightlyRun } from '../constructs/nightly-run.ts';
import type { NodeFunction } from '../constructs/node-function.ts';
import { storePartitions } from '../constructs/table-access.ts';
import { addFunction, type Platform } from './platform.ts';

/** What each store's own history says, made anew by night. */
export const addLifecycle = (scope: Construct, platform: Platform): void => {
  const fn = addFunction(scope, platform, 'Fit', {
    name: 'fit',
    memoryMb: 1_769, // one whole processor: the models are arithmetic
    timeout: Duration.minutes(15),
    errorImpact:
      'Thresholds are not fitted to what customers do: stages are decided under the fit of an earlier night.',
  });
  platform.access.grant(fn, {
    actions: ['GetItem', 'BatchGetItem', 'Query'],
    queries: ['roll'],
    shards: ['counter'],
    partitions: { like: ['STORES', 'S#*#C#*', 'S#*#N#*'] },
  });
  grantDefinitions(fn, platform);
  new NightlyRun(scope, 'FitNight', {
    ...{ name: 'fit', fn, alarms: platform.alarms, hour: '3', minute: '17' },
    errorImpact:
      'No night has looked at the fits for 30 hours or more: thresholds stay as they are while shops change.',
  });
};

/** May save versions of definitions, take them over and start a rebase: all of it in the partitions of stores themselves. */
export const grantDefinitions = (fn: NodeFunction, { access, settings }: Platform): void => {
  access.grant(fn, { actions: ['GetItem', 'Query', 'PutItem'], partitions: storePartitions });
  fn.knows(env.rebasePerMinute, String(settings.rebasePerMinute));
};
