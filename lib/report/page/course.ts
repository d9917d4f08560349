import { phaseNumber } from '../../diagnostics/index.ts';
import { phasesByValue } from '../../parser/phase-variable/index.ts';
import type { Report, ReportPhase, ReportRow } from '../report.ts';

/** A stretch of phases at whose end the same stands for a principal: its row, its entry, or both. */
export type Stretch = { readonly phases: string; readonly stands: string };

type Step = { readonly number: number; readonly status: ReportPhase['status'] };

const [added, removed] = (['add-access-entries', 'remove-aws-auth'] as const).map(phaseNumber) as [number, number];

/**
 * What stands for a row's principal at the end of each phase. Where both stand, EKS goes by the entry.
 * Source: https://docs.aws.amazon.com/eks/latest/userguide/setting-up-access-entries.html
 */
export const courseOf = (row: ReportRow, { phases, clusters }: Report): readonly Stretch[] => {
  const mode = clusters.find(({ module }) => module === row.cluster)?.mode;
  const byVariable = phases.find(({ id }) => id === 'per-environment');
  const stretches: { from: number; to: number; stands: string }[] = [];
  for (const { number, status } of byVariable ? stepsByVariable(phases, byVariable) : phases) {
    const facts = { isIgnored: mode === 'API', isByVariable: byVariable !== undefined };
    const stands = status === 'blocked' ? 'not written' : standsAt(row, number, facts);
    const last = stretches.at(-1);
    if (last?.stands === stands) last.to = number;
    else stretches.push({ from: number, to: number, stands });
  }
  return stretches.map(({ from, to, stands }) => ({
    phases: from === to ? `Phase ${from}` : `Phases ${from} to ${to}`,
    stands,
  }));
};

/** A variable takes each environment through the phases that one revision stands for. */
const stepsByVariable = (phases: readonly ReportPhase[], { status }: ReportPhase): readonly Step[] => {
  const others = phases.filter(({ id }) => id !== 'per-environment');
  const steps = phasesByValue.map(id => others.find(phase => phase.id === id) ?? { number: phaseNumber(id), status });
  return [...steps, ...others.filter(({ id }) => !phasesByValue.includes(id))];
};

type Facts = { readonly isIgnored: boolean; readonly isByVariable: boolean };

const standsAt = ({ disposition, entry }: ReportRow, phase: number, { isIgnored, isByVariable }: Facts): string => {
  const hasRow = phase < removed && !isIgnored;
  if (disposition === 'left-to-eks' && !entry) {
    return hasRow ? 'row, or the entry left to EKS' : 'the entry left to EKS';
  }
  // The entries of the source are read as if the variable had let them in.
  if (isByVariable && entry?.exists !== undefined && phase < added) return 'row, unless the entry is older';
  const hasEntry = entry !== undefined && (entry.exists !== undefined || phase >= added);
  if (hasRow) return hasEntry ? 'row and entry: the entry counts' : 'row';
  return hasEntry ? 'entry' : 'neither row nor entry';
};
