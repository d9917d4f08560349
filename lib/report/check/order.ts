import type { Finding } from './view.ts';

const order = ['error', 'warning', 'note'] as const;

/** Errors first, for readers that show the first ones only. */
export const bySeverity = (findings: readonly Finding[]): readonly Finding[] =>
  order.flatMap(severity => findings.filter(({ diagnostic }) => diagnostic.severity === severity));
