import type { PhaseId } from '../../diagnostics/index.ts';
import type { PlanVerdict } from '../../verifier/plan/verify-plan.ts';
import { reportDiagnostics } from '../places.ts';
import type { ReportDiagnostic } from '../report.ts';
import type { Style } from '../style.ts';
import type { VerdictSection, VerdictView } from './view.ts';

/**
 * What `verify-plan --format json` prints. A versioned contract: fields are added within a version, never changed or removed.
 */
export type PlanReport = {
  version: 1;
  phase: PhaseId;
  fits: boolean;
  /** The version of Terraform or OpenTofu; null when the plan could not be read. */
  engineVersion: string | null;
  clusters: { address: string; modeBefore: string | null; modeAfter: string | null }[];
  changes: PlanReportChange[];
  diagnostics: ReportDiagnostic[];
};

export type PlanReportChange = {
  address: string;
  type: string;
  /** As in the plan, joined by "/". */
  actions: string;
  previousAddress: string | null;
  importing: boolean;
  /** `other`: of a type that is listed and not judged. */
  verdict: 'expected' | 'unexpected' | 'other';
};

export const planReport = ({
  phase,
  fits,
  engineVersion,
  clusters,
  changes,
  diagnostics,
}: PlanVerdict): PlanReport => ({
  version: 1,
  phase,
  fits,
  engineVersion: engineVersion ?? null,
  clusters: clusters.map(cluster => ({ ...cluster })),
  changes: changes.map(({ address, type, actions, previousAddress, importing, verdict }) => ({
    address,
    type,
    actions,
    previousAddress: previousAddress ?? null,
    importing,
    verdict,
  })),
  diagnostics: reportDiagnostics(diagnostics, new Map()),
});

export const planView = (verdict: PlanVerdict, file: string, style: Style): VerdictView => {
  const { phase, fits, engineVersion, diagnostics } = verdict;
  const read = engineVersion !== undefined;
  const end = !read ? 'was not judged' : fits ? `fits phase ${phase}` : `does not fit phase ${phase}`;
  return {
    headline: `${file} ${end}.`,
    good: fits,
    sections: read ? sectionsOf(verdict) : [],
    diagnostics,
    report: planReport(verdict),
    style,
  };
};

const sectionsOf = ({ clusters, changes }: PlanVerdict): VerdictSection[] => {
  const judged = changes.filter(({ verdict }) => verdict !== 'other');
  const others = changes.filter(({ verdict }) => verdict === 'other');
  return [
    {
      title: 'Mode',
      columns: ['cluster', 'before', 'after'],
      rows: clusters.map(({ address, modeBefore, modeAfter }) => [address, modeBefore ?? 'none', modeAfter ?? 'none']),
    },
    {
      title: 'Changes that are judged',
      columns: ['resource', 'action', 'in this phase'],
      rows: judged.map(change => [change.address, actionOf(change), change.verdict]),
    },
    {
      title: 'Changes of other types, not judged',
      columns: ['resource', 'action'],
      rows: others.map(change => [change.address, actionOf(change)]),
    },
  ].filter(({ rows }) => rows.length > 0);
};

const actionOf = ({ actions, importing, previousAddress }: PlanVerdict['changes'][number]): string =>
  [
    ...(importing ? ['import'] : []),
    ...(previousAddress === undefined ? [] : [`move from ${previousAddress}`]),
    ...(actions === 'no-op' ? [] : [actions]),
  ].join(', ');
