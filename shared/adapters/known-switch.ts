import { type EpochMs, minutes } from '../domain/time.ts';
import type { KillSwitch } from '../ports/pacing.ts';

const freshForMs = minutes(1);

/** The switch as a warm container knows it: kept for a minute; a failed read repeats the last answer, and throws where there was none. */
export const knownSwitch = (read: () => Promise<boolean>): KillSwitch => {
  let known: Readonly<{ isOn: boolean; readAt: EpochMs }> | undefined;
  const readOrRepeat = async (): Promise<boolean> => {
    try {
      return await read();
    } catch (error) {
      if (known !== undefined) return known.isOn;
      throw error;
    }
  };
  return {
    async isOn(now) {
      if (known === undefined || now < known.readAt || now - known.readAt >= freshForMs)
        known = { isOn: await readOrRepeat(), readAt: now };
      return known.isOn;
    },
  };
};
