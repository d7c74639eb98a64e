import type { Adoption } from '../../../domain/definitions/adoption.ts';
import type { Fit } from '../../../domain/fit/fit.ts';
import type { Lifecycle } from '../../../domain/lifecycle/lifecycle.ts';
import type { SavedFit, SavedLifecycle } from '../../../ports/definition-store.ts';
import { json, listOf, number, text } from '../codec/codec.ts';
import { itemOf } from '../codec/item.ts';
import { shape } from '../codec/shape.ts';

export const adoptionItem = itemOf(
  'ADOPTION',
  shape<Adoption>({
    version: ['n', number],
    lifecycle: ['lifecycle', number],
    fit: ['fit', number],
    at: ['at', number],
    proposedFit: ['proposedFit', number, 'optional'],
  }),
);

export const lifecycleItem = itemOf(
  'LIFECYCLE',
  shape<SavedLifecycle>({ lifecycle: ['definition', json<Lifecycle>()], savedAt: ['savedAt', number] }),
);

export const fitItem = itemOf(
  'FIT',
  shape<SavedFit>({
    fit: ['definition', json<Fit>()],
    madeAt: ['madeAt', number],
    customers: ['customers', number],
    flags: ['flags', listOf(text)],
  }),
);
