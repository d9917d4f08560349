import { diagnose, type Diagnostic } from '../diagnostics/index.ts';
import type { Comment } from '../hcl/index.ts';
import { commentedOut, pinComment, principalsIn } from '../parser/index.ts';
import { callsOf, filesOf } from './callers/calls.ts';
import type { Phase, State } from './phase.ts';

/** Comments of the source that a phase leaves out with the text around them, each with its place in the source. */
export const lostComments = (start: State, before: State, after: State, { id }: Phase): readonly Diagnostic[] => {
  const comments = [...commentsIn(start), ...commentsInYaml(start)];
  const known = new Set(comments.map(plain));
  const [was, is] = [heldIn(before, known), heldIn(after, known)];
  const rows = new Set(filesOf(start).flatMap(file => [...commentedOut(file)]));
  const counted = countedIn(start);
  // One that an entry has taken over stands twice until its row goes, so that it is lost where no other of its text is left.
  return comments.flatMap(comment => {
    const text = plain(comment);
    if (!was(text) || is(text) || text === `# ${pinComment}`) return [];
    // Of a row that is a comment one line speaks, and of those in a call TAE413.
    if (rows.has(comment) && (principalsIn(text) === 0 || counted(comment))) return [];
    return [diagnose('TAE219', { comment: shortened(text), phase: id }, comment.range)];
  });
};

/** Whether TAE413 counts what stands there: in the calls and resources that write aws-auth, not in the locals that they read. */
const countedIn = (state: State): ((comment: Comment) => boolean) => {
  const blocks = [...state.source.mappings, ...callsOf(state).flatMap(({ mapping }) => mapping ?? [])].map(
    ({ block }) => block.range,
  );
  return ({ range }) =>
    blocks.some(({ file, start, end }) => file === range.file && start <= range.start && range.end <= end);
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
