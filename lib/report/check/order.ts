import { worstFirst } from '../worst-first.ts';
import type { Finding } from './view.ts';

/** Errors first. */
export const bySeverity = (findings: readonly Finding[]): readonly Finding[] =>
  worstFirst(findings, ({ diagnostic }) => diagnostic.severity);
