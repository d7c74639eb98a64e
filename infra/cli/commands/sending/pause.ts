import { pausing } from './pausing.ts';

export const pause = pausing('pause', 'stops mail: of one store, or with --all of the whole deployment');
