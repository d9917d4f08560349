import type { PhaseChange } from '../formats/diff.ts';
import { sideBySide, type Pair } from '../formats/side-by-side.ts';
import { cleanUpWaits } from '../environments.ts';
import type { Report, ReportPhase } from '../report.ts';
import { plural } from '../plural.ts';

/** More lines of a file than this are counted. */
const mostLines = 1500;

/** More changes than this are counted: all of them stand in the difference. */
const mostChanges = 40;

/** A difference of more lines is folded until somebody asks for it, or prints. */
const longDifference = 80;

const statusWords: Readonly<Record<ReportPhase['status'], string>> = {
  done: 'done in the source',
  ready: 'ready',
  blocked: 'blocked',
  'nothing-to-change': 'nothing to change',
};

/** What each phase does, whether it can be undone, and what it changes, side by side. */
export const phaseViews = (report: Report, changes: readonly PhaseChange[]): readonly object[] =>
  report.phases.map(phase => {
    const { number, id, title, status, undo, wait, blockedBy } = phase;
    const waits = id === 'clean-up' && status === 'ready' && cleanUpWaits(report);
    const files = changes.find(change => change.phase === id)?.files ?? [];
    return {
      name: id === 'per-environment' ? id : `Phase ${number}: ${id}`,
      short: id === 'per-environment' ? id : `${number} ${id}`,
      title: title ?? '',
      status:
        status === 'blocked'
          ? `blocked by ${blockedBy.join(', ')}`
          : waits
            ? 'waits for all environments at 4'
            : statusWords[status],
      isBlocked: status === 'blocked',
      undo: undo ?? '',
      wait: wait ?? '',
      changes: phase.changes.slice(0, mostChanges),
      more: phase.changes.length > mostChanges ? phase.changes.length - mostChanges : null,
      files: files.map(file => fileView(file, id)),
      isShown: status !== 'done' && (phase.changes.length > 0 || files.length > 0),
    };
  });

const fileView = (file: PhaseChange['files'][number], phase: string): object => {
  const groups = sideBySide(file);
  const pairs = groups.flat();
  const count = (...kinds: readonly Pair['kind'][]): number => pairs.filter(({ kind }) => kinds.includes(kind)).length;
  const [more, less] = [count('added', 'replaced'), count('removed', 'replaced')];
  const isNew = file.before === undefined;
  return {
    path: file.path,
    summary: isNew ? `new file, ${plural(more, 'line')}` : `${plural(more, 'line')} added, ${less} removed`,
    caption: `${file.path} before and after ${phase}`,
    isOpen: pairs.length <= longDifference,
    groups: shown(groups).map(group => group.map(rowOf)),
    left: pairs.length > mostLines ? pairs.length - mostLines : null,
  };
};

const shown = (groups: readonly (readonly Pair[])[]): readonly (readonly Pair[])[] => {
  let room = mostLines;
  return groups.flatMap(group => {
    const part = group.slice(0, Math.max(0, room));
    room -= group.length;
    return part.length === 0 ? [] : [part];
  });
};

/** The class of a row is a letter: there are many. */
const letters: Readonly<Record<Pair['kind'], string>> = { equal: 'e', replaced: 'c', removed: 'd', added: 'a' };

const rowOf = (pair: Pair): object => ({
  kind: letters[pair.kind],
  isEqual: pair.kind === 'equal',
  before: 'before' in pair ? pair.before : null,
  after: 'after' in pair ? pair.after : null,
});
