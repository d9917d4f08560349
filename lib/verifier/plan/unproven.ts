import { diagnose, type Diagnostic } from '../../diagnostics/index.ts';
import type { Context } from './context.ts';

/** What the plan does not show: an error, or a warning where a person vouches for it. `what` is a sentence without its point. */
export const unproven = (
  { acceptUnverified }: Pick<Context, 'acceptUnverified'>,
  what: string,
  advice: string,
): Diagnostic => (acceptUnverified ? diagnose('TAE511', { what }) : diagnose('TAE510', { what, advice }));
