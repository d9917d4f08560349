import { reservedPrefixes } from './reserved.ts';

/** Whether a string of which only the beginning is known may turn out to begin with a reserved prefix. */
export const mayBecomeReserved = (head: string): boolean =>
  reservedPrefixes.some(prefix => prefix.startsWith(head) || head.startsWith(prefix));
