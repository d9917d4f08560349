import type { Diagnostic } from './diagnostic.ts';

export const byPlace = (diagnostics: readonly Diagnostic[]): readonly Diagnostic[] =>
  diagnostics.toSorted(
    (a, b) => compare(a.range?.file, b.range?.file) || (a.range?.start ?? 0) - (b.range?.start ?? 0),
  );

const compare = (a = '', b = ''): number => (a < b ? -1 : a > b ? 1 : 0);
