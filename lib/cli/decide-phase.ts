import type { ConvertResult, Revision } from '../convert.ts';
import { diagnose, firstOf, isPhaseBefore, type Diagnostic, type PhaseId } from '../diagnostics/index.ts';

/** What becomes of a request to write one phase in place. */
export type Decision =
  | { readonly kind: 'write'; readonly revision: Revision }
  | { readonly kind: 'nothing'; readonly diagnostic: Diagnostic }
  /** `waits`: another phase comes first, which may be blocked. */
  | { readonly kind: 'refused'; readonly diagnostic: Diagnostic; readonly waits?: boolean };

type Found = Pick<ConvertResult, 'sourcePhase' | 'revisions' | 'blockedFrom'> & {
  readonly report: Pick<ConvertResult['report'], 'environments'>;
};

/** Each phase has to be applied before the next one is written, so only the next one is. */
export const decidePhase = ({ sourcePhase, revisions, blockedFrom, report }: Found, phase: PhaseId): Decision => {
  const [revision] = revisions;
  const next = revision?.phase ?? blockedFrom;
  // What has come later is still to be taken into a phase that is done.
  if (sourcePhase !== undefined && !isPhaseBefore(sourcePhase, phase) && next !== phase) {
    return nothing(`phase ${phase} is done in the source`);
  }
  if (next === undefined || isPhaseBefore(phase, next)) return nothing(`phase ${phase} changes nothing in this source`);
  const waits = isPhaseBefore(next, phase);
  if (revision === undefined) return { kind: 'refused', diagnostic: diagnose('TAE111', { phase }), waits };
  if (waits) {
    const args = {
      asked: phase,
      source:
        sourcePhase === undefined
          ? 'the migration has not started'
          : sourcePhase === next
            ? laterWords(report)
            : `the source is at phase ${sourcePhase}`,
      next,
    };
    return { kind: 'refused', diagnostic: diagnose('TAE108', args), waits };
  }
  return { kind: 'write', revision };
};

/** What a phase that was written once has to be written again for. */
const laterWords = ({ environments = [] }: Found['report']): string => {
  const calls = environments.flatMap(({ call, byDefault }) => (byDefault && call !== undefined ? [call] : []));
  return calls.length > 0
    ? `${firstOf(calls)} ${calls.length === 1 ? 'gives' : 'give'} no access_entries_phase`
    : 'the source has rows that came later than its variable';
};

const nothing = (reason: string): Decision => ({ kind: 'nothing', diagnostic: diagnose('TAE012', { reason }) });
