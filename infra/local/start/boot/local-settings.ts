import { localIssuer } from '../../engine/http/jwt-issuer.ts';

/** How the stack is synthesized to run here: one shard where the cloud has many, and our own token issuer. */
export const localSettings = {
  deployment: 'prod',
  dueShards: 1,
  counterShards: 1,
  jwtIssuer: localIssuer,
  jwtAudience: 'perennial-local',
} as const;

export const parameterPrefix = `/perennial/${localSettings.deployment}`;
export const region = 'us-east-1';
