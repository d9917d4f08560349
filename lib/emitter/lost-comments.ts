import { diagnose, type Diagnostic } from '../diagnostics/index.ts';
import type { Comment } from '../hcl/index.ts';
import { isCommentedOut, pinComment } from '../parser/index.ts';
import type { Phase, State } from './phase.ts';

/** Comments of the source that a phase leaves out with the text around them, each with its place in the source. */
export const lostComments = (start: State, before: State, after: State, { id }: Phase): readonly Diagnostic[] => {
  const known = new Set(commentsIn(start).map(plain));
  const [was, is] = [heldIn(before, known), heldIn(after, known)];
  // One that an entry has taken over stands twice until its row goes, so that it is lost where no other of its text is left.
  return commentsIn(start).flatMap(comment => {
    const text = plain(comment);
    // Of rows that are comments TAE413 speaks.
    if (!was(text) || is(text) || text === `# ${pinComment}` || isCommentedOut(text)) return [];
    return [diagnose('TAE219', { comment: shortened(text), phase: id }, comment.range)];
  });
};

const shortened = (text: string): string => (text.length > 60 ? `${text.slice(0, 60)}…` : text);

const commentsIn = ({ source }: State): readonly Comment[] => source.module.files.flatMap(({ comments }) => comments);

/** Whether a comment stands somewhere. A value that a phase keeps as a comment keeps those in it. */
const heldIn = (state: State, known: ReadonlySet<string>): ((text: string) => boolean) => {
  const texts = new Set(commentsIn(state).map(plain));
  const written = [...texts].filter(text => !known.has(text));
  return text => texts.has(text) || written.some(other => other.includes(text));
};

/** Without line breaks and the indentation that goes with the place. */
const plain = ({ text }: Comment): string => text.replace(/\s+/g, ' ');
