import { GetParameterCommand, ParameterNotFound, type SSMClient } from '@aws-sdk/client-ssm';
import { type EpochMs, minutes } from '../../domain/time.ts';
import { parameterNames, sendingPaused } from '../../env.ts';
import type { KillSwitch } from '../../ports/pacing.ts';

const freshForMs = minutes(1);

/** A parameter outside the table, so that it holds whatever becomes of the table; absent = off. */
export const ssmKillSwitch = (client: SSMClient, prefix: string): KillSwitch => {
  let known: Readonly<{ isOn: boolean; readAt: EpochMs }> | undefined;
  const read = async (): Promise<boolean> => {
    try {
      const { Parameter } = await client.send(
        new GetParameterCommand({ Name: parameterNames.sending(prefix), WithDecryption: true }),
      );
      return Parameter?.Value === sendingPaused;
    } catch (error) {
      if (error instanceof ParameterNotFound) return false;
      if (known !== undefined) return known.isOn;
      throw error;
    }
  };
  return {
    async isOn(now) {
      if (known === undefined || now < known.readAt || now - known.readAt >= freshForMs)
        known = { isOn: await read(), readAt: now };
      return known.isOn;
    },
  };
};
