import type { Severity } from '../diagnostics/index.ts';
import type { Finding } from './output.ts';

/** The worst first. */
export const severities = ['error', 'warning', 'note'] as const satisfies readonly Severity[];

/** For readers that show the first ones only. Within a severity the order stays. */
export const worstFirst = (findings: readonly Finding[]): readonly Finding[] =>
  severities.flatMap(severity => findings.filter(({ diagnostic }) => diagnostic.severity === severity));

export const countOf = (findings: readonly Finding[], severity: Severity): number =>
  findings.filter(({ diagnostic }) => diagnostic.severity === severity).length;
