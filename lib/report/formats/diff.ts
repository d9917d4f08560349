import { FILE_HEADERS_ONLY, formatPatch } from 'diff/lib/patch/create.js';
import type { PhaseId } from '../../diagnostics/index.ts';
import { diffOfLines, type Line as DiffLine } from './line-diff.ts';

type RevisionFiles = { readonly phase: PhaseId; readonly files: ReadonlyMap<string, string> };

/** `before` is undefined for a new file. */
export type FileChange = { readonly path: string; readonly before: string | undefined; readonly after: string };

export type PhaseChange = { readonly phase: PhaseId; readonly files: readonly FileChange[] };

/** What each phase changes against the one before it. `pathOf`: how a file is called. */
export const phaseChanges = (
  source: ReadonlyMap<string, string>,
  revisions: readonly RevisionFiles[],
  pathOf: (file: string) => string,
): PhaseChange[] => {
  let texts = source;
  return revisions.map(({ phase, files }) => {
    const changed = [...files].map(([file, after]) => ({ path: pathOf(file), before: texts.get(file), after }));
    texts = new Map([...texts, ...files]);
    return { phase, files: changed.filter(({ before, after }) => before !== after) };
  });
};

export type PhaseDiff = { readonly phase: PhaseId; readonly text: string };

/** The same as `git apply` takes it. `pathOf` turns a file's name into its path from the repository's root. */
export const phaseDiffs = (...given: Parameters<typeof phaseChanges>): PhaseDiff[] =>
  phaseChanges(...given).map(({ phase, files }) => ({
    phase,
    text: files.map(({ path, before, after }) => fileDiff(path, before, after)).join(''),
  }));

/** Nothing for a file that stays as it is. `before` is undefined for a new file. */
export const fileDiff = (path: string, before: string | undefined, after: string): string => {
  if (before === after) return '';
  const isCreate = before === undefined;
  const patch = {
    oldFileName: isCreate ? '/dev/null' : `a/${path}`,
    newFileName: `b/${path}`,
    oldHeader: undefined,
    newHeader: undefined,
    isGit: true,
    isCreate,
    hunks: hunksOf(diffOfLines(linesOf(before ?? ''), linesOf(after))),
  };
  return formatPatch(patch, FILE_HEADERS_ONLY);
};

/** Lines with their newlines; git ends a line at a line feed only. */
export const linesOf = (text: string): string[] => text.match(/[^\n]*\n|[^\n]+$/g) ?? [];

/** Equal lines shown around a change. */
const context = 3;

type Hunk = { oldStart: number; oldLines: number; newStart: number; newLines: number; lines: string[] };

const hunksOf = (lines: readonly DiffLine[]): Hunk[] => {
  const all = withoutCommands(lines);
  const hunks: Hunk[] = [];
  let [oldStart, newStart] = [1, 1];
  let hunk: Hunk | undefined;
  for (const [index, { kind, line }] of all.entries()) {
    if (!isNearChange(all, index)) hunk = undefined;
    else {
      if (hunk === undefined) hunks.push((hunk = { oldStart, oldLines: 0, newStart, newLines: 0, lines: [] }));
      hunk.lines.push(...printed(kind, line));
      if (kind !== '+') hunk.oldLines++;
      if (kind !== '-') hunk.newLines++;
    }
    if (kind !== '+') oldStart++;
    if (kind !== '-') newStart++;
  }
  return hunks;
};

type Line = { readonly kind: DiffLine['kind'] | '-+'; readonly line: string };

/**
 * The log of a workflow run takes a line for a command, white space before it or not. In a patch no character can be put before it,
 * so it is taken out and put back: these signs it does not pass over.
 * Source: actions/runner, src/Runner.Common/ActionCommand.cs (TryParseV2).
 */
const withoutCommands = (lines: readonly Line[]): readonly Line[] => {
  const safe = [...lines];
  // What is taken out has context of its own, on either side.
  for (const indexes of [[...lines.keys()], [...lines.keys()].toReversed()]) {
    for (const index of indexes) {
      const { kind, line } = safe[index]!;
      if (kind === ' ' && /^[\s\u0085]*::/.test(line) && isNearChange(safe, index)) safe[index] = { kind: '-+', line };
    }
  }
  return safe;
};

/** Whether an item is shown: it is changed, or one beside it. */
export const isNearChange = <Item extends { readonly kind: string }>(
  items: readonly Item[],
  index: number,
  equal: Item['kind'] = ' ',
): boolean => items.slice(Math.max(0, index - context), index + context + 1).some(({ kind }) => kind !== equal);

const printed = (kind: Line['kind'], line: string): string[] => {
  if (kind === '-+') return [...printed('-', line), ...printed('+', line)];
  return line.endsWith('\n') ? [kind + line.slice(0, -1)] : [kind + line, '\\ No newline at end of file'];
};
