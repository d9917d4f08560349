import type { ConvertResult, Revision } from '../convert.ts';
import { diagnose, isPhaseBefore, type Diagnostic, type PhaseId } from '../diagnostics/index.ts';

/** What becomes of a request to write one phase in place. */
export type Decision =
  | { readonly kind: 'write'; readonly revision: Revision }
  | { readonly kind: 'nothing'; readonly diagnostic: Diagnostic }
  /** `waits`: another phase comes first, which may be blocked. */
  | { readonly kind: 'refused'; readonly diagnostic: Diagnostic; readonly waits?: boolean };

type Found = Pick<ConvertResult, 'sourcePhase' | 'revisions' | 'blockedFrom'>;

/** Each phase has to be applied before the next one is written, so only the next one is. */
export const decidePhase = ({ sourcePhase, revisions, blockedFrom }: Found, phase: PhaseId): Decision => {
  if (sourcePhase !== undefined && !isPhaseBefore(sourcePhase, phase)) {
    return nothing(`phase ${phase} is done in the source`);
  }
  const [revision] = revisions;
  const next = revision?.phase ?? blockedFrom;
  if (next === undefined || isPhaseBefore(phase, next)) return nothing(`phase ${phase} changes nothing in this source`);
  const waits = isPhaseBefore(next, phase);
  if (revision === undefined) return { kind: 'refused', diagnostic: diagnose('TAE111', { phase }), waits };
  if (waits) {
    const args = {
      asked: phase,
      source: sourcePhase === undefined ? 'the migration has not started' : `the source is at phase ${sourcePhase}`,
      next,
    };
    return { kind: 'refused', diagnostic: diagnose('TAE108', args), waits };
  }
  return { kind: 'write', revision };
};

const nothing = (reason: string): Decision => ({ kind: 'nothing', diagnostic: diagnose('TAE012', { reason }) });
