import type { Severity } from '../diagnostics/index.ts';
import type { Finding } from './output.ts';
import { plural } from './plural.ts';

/** The worst first. */
export const severities = ['error', 'warning', 'note'] as const satisfies readonly Severity[];

/** For readers that show the first ones only. Within a severity the order stays. */
export const worstFirst = (findings: readonly Finding[]): readonly Finding[] =>
  severities.flatMap(severity => findings.filter(({ diagnostic }) => diagnostic.severity === severity));

/** `1 error, 12 warnings`, of those that there are. */
export const countsText = (findings: readonly Finding[]): string =>
  severities
    .map(severity => ({ severity, count: countOf(findings, severity) }))
    .filter(({ count }) => count > 0)
    .map(({ severity, count }) => plural(count, severity))
    .join(', ');

export const countOf = (findings: readonly Finding[], severity: Severity): number =>
  findings.filter(({ diagnostic }) => diagnostic.severity === severity).length;
