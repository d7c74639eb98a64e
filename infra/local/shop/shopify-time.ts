import { type EpochMs, toIso } from '../../../shared/domain/time.ts';
import { localTimeAt } from '../orders/zone-time.ts';

const shopZone = 'Europe/London';

/** As Shopify writes times: without fractions, with the shop's offset (`2026-07-02T11:31:38+01:00`). */
export const shopifyTime = (at: EpochMs): string => {
  const second = Math.floor(at / 1_000) * 1_000;
  const local = localTimeAt(shopZone, second);
  const asUtc = Date.UTC(local.year, local.month - 1, local.day, local.hour, local.minute, local.second);
  const offsetHours = Math.round((asUtc - second) / 3_600_000);
  return `${toIso(asUtc).slice(0, 19)}+0${offsetHours}:00`;
};
