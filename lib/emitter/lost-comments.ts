import { diagnose, phaseNumber, type Diagnostic } from '../diagnostics/index.ts';
import type { Comment } from '../hcl/index.ts';
import { pinComment } from '../parser/index.ts';
import type { Phase, State } from './phase.ts';

/** Comments of the source that a phase leaves out with the text around them, each with its place in the source. */
export const lostComments = (start: State, before: State, after: State, { id }: Phase): readonly Diagnostic[] => {
  // From here on what is said about aws-auth goes with it.
  if (phaseNumber(id) > phaseNumber('api-only')) return [];
  const [was, is] = [counted(commentsIn(before)), counted(commentsIn(after))];
  const lost = new Map<string, number>();
  for (const [text, count] of was) if (count > (is.get(text) ?? 0)) lost.set(text, count - (is.get(text) ?? 0));
  if (lost.size === 0) return [];
  const texts = [...is.keys()];
  return commentsIn(start).flatMap(comment => {
    const text = plain(comment);
    const count = lost.get(text) ?? 0;
    // A value that is kept as a comment keeps those in it.
    if (count === 0 || text === `# ${pinComment}` || texts.some(other => other !== text && other.includes(text)))
      return [];
    lost.set(text, count - 1);
    return [diagnose('TAE219', { comment: shortened(text), phase: id }, comment.range)];
  });
};

const shortened = (text: string): string => (text.length > 60 ? `${text.slice(0, 60)}…` : text);

const commentsIn = ({ source }: State): readonly Comment[] => source.module.files.flatMap(({ comments }) => comments);

const counted = (comments: readonly Comment[]): ReadonlyMap<string, number> => {
  const counts = new Map<string, number>();
  for (const comment of comments) counts.set(plain(comment), (counts.get(plain(comment)) ?? 0) + 1);
  return counts;
};

/** Without line breaks and the indentation that goes with the place. */
const plain = ({ text }: Comment): string => text.replace(/\s+/g, ' ');
