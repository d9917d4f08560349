import { diagnose, type Diagnostic } from '../diagnostics/index.ts';
import type { Comment } from '../hcl/index.ts';
import { commentedOut, pinComment } from '../parser/index.ts';
import { filesOf } from './callers/calls.ts';
import type { Phase, State } from './phase.ts';

/** Comments of the source that a phase leaves out with the text around them, each with its place in the source. */
export const lostComments = (start: State, before: State, after: State, { id }: Phase): readonly Diagnostic[] => {
  const comments = [...commentsIn(start), ...commentsInYaml(start)];
  const known = new Set(comments.map(plain));
  const [was, is] = [heldIn(before, known), heldIn(after, known)];
  // Of rows that are comments TAE413 speaks.
  const rows = new Set(filesOf(start).flatMap(file => [...commentedOut(file)]));
  // One that an entry has taken over stands twice until its row goes, so that it is lost where no other of its text is left.
  return comments.flatMap(comment => {
    const text = plain(comment);
    if (!was(text) || is(text) || text === `# ${pinComment}` || rows.has(comment)) return [];
    return [diagnose('TAE219', { comment: shortened(text), phase: id }, comment.range)];
  });
};

const shortened = (text: string): string => (text.length > 60 ? `${text.slice(0, 60)}…` : text);

const commentsIn = (state: State): readonly Comment[] => filesOf(state).flatMap(({ comments }) => comments);

/** Comments in the text of a heredoc. Those in other files stay. */
const commentsInYaml = ({ source: { mappings, module } }: State): readonly Comment[] =>
  mappings
    .flatMap(({ resource }) => resource?.comments ?? [])
    .filter(({ range }) => module.files.some(({ file }) => file === range.file));

/** Whether a comment stands somewhere. A value that a phase keeps as a comment keeps those in it; a heredoc in a local is text. */
const heldIn = (state: State, known: ReadonlySet<string>): ((text: string) => boolean) => {
  const texts = new Set(commentsIn(state).map(plain));
  const written = [...texts].filter(text => !known.has(text));
  const yaml = new Set(commentsInYaml(state).map(plain));
  const lines = new Set(
    filesOf(state).flatMap(({ text }) => text.split('\n').map(line => plain({ text: line.trim() }))),
  );
  return text => texts.has(text) || yaml.has(text) || lines.has(text) || written.some(other => other.includes(text));
};

/** Without line breaks and the indentation that goes with the place. */
const plain = ({ text }: Pick<Comment, 'text'>): string => text.replace(/\s+/g, ' ');
