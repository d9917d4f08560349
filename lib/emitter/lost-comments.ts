import { diagnose, type Diagnostic } from '../diagnostics/index.ts';
import type { Comment } from '../hcl/index.ts';
import { isCommentedOut, pinComment } from '../parser/index.ts';
import type { Phase, State } from './phase.ts';

/** Comments of the source that a phase leaves out with the text around them, each with its place in the source. */
export const lostComments = (start: State, before: State, after: State, { id }: Phase): readonly Diagnostic[] => {
  // The upgrade says of each argument that it takes out.
  if (id === 'upgrade-to-v21') return [];
  const known = new Set(commentsIn(start).map(plain));
  const [first, was, is] = [heldIn(start, known), heldIn(before, known), heldIn(after, known)];
  // One that an entry has taken over stands twice until its row goes.
  const lost = new Map([...known].map(text => [text, Math.min(first(text), was(text)) - is(text)]));
  return commentsIn(start).flatMap(comment => {
    const text = plain(comment);
    const count = lost.get(text) ?? 0;
    // Of rows that are comments TAE413 speaks.
    if (count <= 0 || text === `# ${pinComment}` || isCommentedOut(text)) return [];
    lost.set(text, count - 1);
    return [diagnose('TAE219', { comment: shortened(text), phase: id }, comment.range)];
  });
};

const shortened = (text: string): string => (text.length > 60 ? `${text.slice(0, 60)}…` : text);

const commentsIn = ({ source }: State): readonly Comment[] => source.module.files.flatMap(({ comments }) => comments);

/** How often a comment stands somewhere. A value that a phase keeps as a comment keeps those in it. */
const heldIn = (state: State, known: ReadonlySet<string>): ((text: string) => number) => {
  const texts = commentsIn(state).map(plain);
  const written = texts.filter(text => !known.has(text));
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  return text => (counts.get(text) ?? 0) + written.filter(other => other.includes(text)).length;
};

/** Without line breaks and the indentation that goes with the place. */
const plain = ({ text }: Comment): string => text.replace(/\s+/g, ' ');
