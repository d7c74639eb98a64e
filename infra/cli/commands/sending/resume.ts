import { pausing } from './pausing.ts';

export const resume = pausing('resume', 'lets mail go on that pause stopped');
