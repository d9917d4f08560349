import { FILE_HEADERS_ONLY, formatPatch } from 'diff/lib/patch/create.js';
import type { PhaseId } from '../../diagnostics/index.ts';
import { diffOfLines, type LineChange } from './line-diff.ts';

type RevisionFiles = { readonly phase: PhaseId; readonly files: ReadonlyMap<string, string> };

export type PhaseDiff = { readonly phase: PhaseId; readonly text: string };

/**
 * The changes of each phase against the one before it, as `git apply` takes them. `pathOf` turns a file's name into its
 * path from the repository's root.
 */
export const phaseDiffs = (
  source: ReadonlyMap<string, string>,
  revisions: readonly RevisionFiles[],
  pathOf: (file: string) => string,
): PhaseDiff[] => {
  let before = source;
  return revisions.map(({ phase, files }) => {
    const texts = [...files].map(([file, text]) => fileDiff(pathOf(file), before.get(file), text));
    before = new Map([...before, ...files]);
    return { phase, text: texts.join('') };
  });
};

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
const linesOf = (text: string): string[] => text.match(/[^\n]*\n|[^\n]+$/g) ?? [];

/** Equal lines shown around a change. */
const context = 3;

type Hunk = { oldStart: number; oldLines: number; newStart: number; newLines: number; lines: string[] };

const hunksOf = (changes: readonly LineChange[]): Hunk[] => {
  const hunks: Hunk[] = [];
  let hunk: Hunk | undefined;
  let oldLine = 1;
  let newLine = 1;
  let lead: readonly string[] = [];

  const add = (kind: LineChange['kind'], lines: readonly string[]): void => {
    if (hunk === undefined) {
      const start = { oldStart: oldLine - lead.length, newStart: newLine - lead.length };
      hunk = {
        ...start,
        oldLines: lead.length,
        newLines: lead.length,
        lines: lead.flatMap(line => printed(' ', line)),
      };
      hunks.push(hunk);
    }
    for (const line of lines) hunk.lines.push(...printed(kind, line));
    if (kind !== '+') hunk.oldLines += lines.length;
    if (kind !== '-') hunk.newLines += lines.length;
  };

  changes.forEach(({ kind, lines }, index) => {
    if (kind !== ' ') add(kind, lines);
    else {
      const last = index === changes.length - 1;
      const joins = !last && lines.length <= 2 * context;
      if (hunk !== undefined) add(' ', joins ? lines : lines.slice(0, context));
      if (!joins) hunk = undefined;
      lead = lines.slice(-context);
    }
    if (kind !== '+') oldLine += lines.length;
    if (kind !== '-') newLine += lines.length;
  });
  return hunks;
};

const printed = (kind: LineChange['kind'], line: string): string[] =>
  line.endsWith('\n') ? [kind + line.slice(0, -1)] : [kind + line, '\\ No newline at end of file'];
