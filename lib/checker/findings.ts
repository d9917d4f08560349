import type { Diagnostic } from '../diagnostics/index.ts';
import type { State } from '../emitter/index.ts';
import { checkRules } from './rules/index.ts';

/** What the rules say. In the body of a `for` one place stands for many entries: it is said of the first. */
export const findingsOfRules = (state: State): readonly Diagnostic[] => {
  const places = new Set<string>();
  return checkRules
    .flatMap(rule => rule(state))
    .filter(({ code, range, message }) => {
      const place = range ? `${code} ${range.file} ${range.start} ${range.end}` : `${code} ${message}`;
      if (places.has(place)) return false;
      places.add(place);
      return true;
    });
};
