import type { z } from 'zod';
import type { Immutable } from '../../diagnostics/index.ts';
import type { PlanVerdict } from '../../verifier/plan/verdict.ts';
import type { planReportSchema } from '../command-schemas.ts';
import { tableSection, type Output, type Section } from '../output.ts';
import { reportDiagnostics } from '../places.ts';

type PlanReport = Immutable<z.infer<typeof planReportSchema>>;

/** A verdict for a phase that is known. */
export type PhaseVerdict = PlanVerdict & Required<Pick<PlanVerdict, 'phase'>>;

const planReport = ({
  phase,
  calls,
  fits,
  engineVersion,
  clusters,
  changes,
  diagnostics,
}: PhaseVerdict): PlanReport => ({
  version: 1,
  phase,
  ...(calls ? { calls } : {}),
  fits,
  engineVersion: engineVersion ?? null,
  clusters,
  changes: changes.map(({ address, type, actions, previousAddress = null, ...rest }) => ({
    address,
    type,
    actions,
    previousAddress,
    ...rest,
  })),
  diagnostics: reportDiagnostics(diagnostics, new Map()),
});

/** `file`: how the plan is called in messages. */
export const planOutput = (verdict: PhaseVerdict, file: string): Output => {
  const { fits, engineVersion, diagnostics } = verdict;
  const read = engineVersion !== undefined;
  const end = !read ? 'was not judged' : `${fits ? 'fits' : 'does not fit'} ${phaseText(verdict)}`;
  return {
    data: planReport(verdict),
    findings: diagnostics.map(diagnostic => ({ module: undefined, diagnostic })),
    texts: new Map(),
    headline: `${file} ${end}.`,
    verdict: fits ? 'good' : 'bad',
    sections: read ? sectionsOf(verdict) : [],
  };
};

/** Each call that is at a phase of its own. */
const phaseText = ({ phase, calls }: PhaseVerdict): string =>
  calls ? calls.map(one => `phase ${one.phase} of ${one.call}`).join(' and ') : `phase ${phase}`;

const sectionsOf = ({ clusters, changes }: PlanVerdict): Section[] => {
  const judged = changes.filter(({ verdict }) => verdict !== 'other');
  const others = changes.filter(({ verdict }) => verdict === 'other');
  return [
    tableSection(
      'Mode',
      ['cluster', 'before', 'after'],
      clusters.map(({ address, modeBefore, modeAfter }) => [address, modeBefore ?? 'none', modeAfter ?? 'none']),
    ),
    tableSection(
      'Changes that are judged',
      ['resource', 'action', 'in this phase'],
      judged.map(change => [change.address, actionOf(change), change.verdict]),
    ),
    tableSection(
      'Changes of other types, not judged',
      ['resource', 'action'],
      others.map(change => [change.address, actionOf(change)]),
    ),
  ].flat();
};

const actionOf = ({ actions, importing, previousAddress }: PlanVerdict['changes'][number]): string =>
  [
    ...(importing ? ['import'] : []),
    ...(previousAddress === undefined ? [] : [`move from ${previousAddress}`]),
    ...(actions === 'no-op' ? [] : [actions]),
  ].join(', ');
