import { GetParameterCommand, ParameterNotFound, type SSMClient } from '@aws-sdk/client-ssm';
import { parameterNames, sendingPaused } from '../../env.ts';
import type { KillSwitch } from '../../ports/pacing.ts';
import { knownSwitch } from '../known-switch.ts';

/** A parameter outside the table, so that it holds whatever becomes of the table; absent = off. */
export const ssmKillSwitch = (client: SSMClient, prefix: string): KillSwitch =>
  knownSwitch(async () => {
    try {
      const { Parameter } = await client.send(
        new GetParameterCommand({ Name: parameterNames.sending(prefix), WithDecryption: true }),
      );
      return Parameter?.Value === sendingPaused;
    } catch (error) {
      if (error instanceof ParameterNotFound) return false;
      throw error;
    }
  });
