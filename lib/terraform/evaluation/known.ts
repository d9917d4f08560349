import type { Value } from '../value.ts';
import { spend } from './work.ts';

/** Whether nothing inside is unknown. */
export const isWhollyKnown = (value: Value): boolean => {
  spend(1);
  switch (value.kind) {
    case 'string':
      return !value.parts.includes(undefined);
    case 'list':
      return value.items.every(isWhollyKnown);
    case 'object':
      return [...value.entries.values()].every(isWhollyKnown);
    case 'unknown':
    case 'error':
      return false;
    default:
      return true;
  }
};
