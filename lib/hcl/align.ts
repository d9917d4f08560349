import { graphemesOf } from './graphemes.ts';
import { applyEdits } from './apply-edits.ts';
import { replace } from './edit.ts';
import { scanLines, type FormatLine } from './lines.ts';
import { matchLines } from './match-lines.ts';

/** Aligns `=` and trailing comments everywhere, as `terraform fmt` does. */
export const alignAll = (text: string): string => {
  const lines = scanLines(text);
  const cells = lines.map(line => cellsOf(text, line));
  const aligned = [...cells];
  for (const cell of cellNames) for (const group of groupsOf(aligned, cell)) alignGroup(aligned, cell, group);
  return print(text, lines, cells, aligned);
};

/**
 * Aligns the groups of neighbouring lines in `after` that `before` does not have as they are, unless `before` had their lines
 * out of line: what the author did not align stays so. All other groups stay byte for byte.
 */
export const realign = (before: string, after: string): string => {
  const old = scanLines(before).map(line => cellsOf(before, line));
  const lines = scanLines(after);
  const cells = lines.map(line => cellsOf(after, line));
  const matches = matchLines(old.map(printCells), cells.map(printCells));
  const origins = originsOf(matches, old, cells);
  const aligned = [...cells];
  for (const cell of cellNames) {
    const oldGroupOf = groupsByLine(old, cell);
    for (const group of groupsOf(aligned, cell)) {
      const sources = new Set(group.map(at => oldGroupOf.get(origins[at]!)).filter(source => source !== undefined));
      const untouched = group.every(at => aligned[at] === cells[at]) && isWhole(group, matches, sources);
      if (!untouched && [...sources].every(source => isAligned(old, cell, source))) alignGroup(aligned, cell, group);
    }
    if (cell === 'assign') closeGaps(aligned, at => matches[at] === -1 && isKept(old, origins[at]!));
  }
  return print(after, lines, cells, aligned);
};

const cellNames: readonly CellName[] = ['assign', 'comment'];

const groupsByLine = (cells: readonly Cells[], cell: CellName): Map<number, Group> =>
  new Map(groupsOf(cells, cell).flatMap(group => group.map(at => [at, group] as const)));

/** Tells whether the lines of `group` are all those of one old group. */
const isWhole = (group: Group, matches: Int32Array, [source]: Iterable<Group>): boolean =>
  source?.length === group.length && group.every((at, index) => matches[at] === source[index]);

const columnOf = (cells: readonly Cells[], cell: CellName, group: Group): number =>
  group.reduce((width, at) => Math.max(width, widthOf(cells[at]!, cell)), 0) + 1;

const isAligned = (cells: readonly Cells[], cell: CellName, group: Group): boolean => {
  const column = columnOf(cells, cell, group);
  return group.every(at => widthOf(cells[at]!, cell) + gapOf(cells[at]!, cell) === column);
};

const alignGroup = (cells: Cells[], cell: CellName, group: Group): void => {
  const column = columnOf(cells, cell, group);
  for (const at of group) {
    const line = cells[at]!;
    const gap = column - widthOf(line, cell);
    if (gap !== gapOf(line, cell)) cells[at] = { ...line, [cell === 'assign' ? 'gap' : 'commentGap']: gap };
  }
};

/** Not a line that its author had out of line as it is. */
const isKept = (old: readonly Cells[], origin: number): boolean => {
  const line = old[origin];
  return line === undefined || !line.open || (line.gap ?? 1) <= 1;
};

/** A value that now goes on below has left its group. */
const closeGaps = (cells: Cells[], changed: (at: number) => boolean): void => {
  for (const [at, line] of cells.entries())
    if (line.open && line.gap !== undefined && line.gap > 1 && changed(at)) cells[at] = { ...line, gap: 1 };
};

/** As `matches`; a line that changed comes from the one with the same lead among those it replaced. */
const originsOf = (matches: Int32Array, old: readonly Cells[], cells: readonly Cells[]): Int32Array => {
  const origins = matches.slice();
  for (let at = 0; at < cells.length;) {
    const first = at;
    while (at < cells.length && matches[at] === -1) at++;
    if (at === first) {
      at++;
      continue;
    }
    const from = (first === 0 ? -1 : matches[first - 1]!) + 1;
    const to = at === cells.length ? old.length : matches[at]!;
    const byLead = new Map(old.slice(from, to).map((line, index) => [line.lead, from + index]));
    for (let line = first; line < at; line++) origins[line] = byLead.get(cells[line]!.lead) ?? -1;
  }
  return origins;
};

/** A line that has not changed is cut from the text, odd white space included. */
const print = (
  text: string,
  lines: readonly FormatLine[],
  cells: readonly Cells[],
  aligned: readonly Cells[],
): string =>
  applyEdits(
    text,
    lines.flatMap(({ start, end }, at) =>
      cells[at] === aligned[at] ? [] : [replace({ file: '', start, end }, printCells(aligned[at]!))],
    ),
  );

/**
 * The two columns of a line that `terraform fmt` aligns, as text. `code` is what lies before the comment. Spaces at the cells'
 * ends are gone; `gap` and `commentGap` tell how many there were. The value of an `open` line goes on below: it is not aligned.
 */
type Cells = {
  readonly lead: string;
  readonly gap?: number;
  readonly assign?: string;
  readonly open: boolean;
  readonly commentGap?: number;
  readonly comment?: string;
};

/** Neighbouring lines, by their numbers. */
type Group = readonly number[];

type CellName = 'assign' | 'comment';

const cellsOf = (text: string, { start, end, equals, open, comment }: FormatLine): Cells => {
  const code = text.slice(start, comment ?? end);
  const trimmed = code.trimEnd();
  const lead = equals === undefined ? trimmed : trimmed.slice(0, equals - start).trimEnd();
  return {
    lead,
    open,
    ...(equals === undefined ? {} : { gap: equals - start - lead.length, assign: trimmed.slice(equals - start) }),
    ...(comment === undefined ? {} : { commentGap: code.length - trimmed.length, comment: text.slice(comment, end) }),
  };
};

const printCells = ({ lead, gap = 0, assign = '', commentGap = 0, comment = '' }: Cells): string =>
  `${lead}${' '.repeat(gap)}${assign}${' '.repeat(commentGap)}${comment}`;

/** The width `terraform fmt` gives a text: its grapheme clusters. */
const columnsOf = (text: string): number => (/^[\x20-\x7e]*$/.test(text) ? text.length : graphemesOf(text).length);

const codeWidth = ({ lead, gap = 0, assign = '' }: Cells): number => columnsOf(lead) + gap + columnsOf(assign);

/** Runs of neighbouring lines that have the cell. Source: formatCells in hashicorp/hcl, hclwrite/format.go. */
const groupsOf = (lines: readonly Cells[], cell: CellName): Group[] => {
  const groups: number[][] = [];
  for (const [at, line] of lines.entries()) {
    if (line[cell] === undefined || (cell === 'assign' && line.open)) continue;
    const last = groups.at(-1);
    if (last?.at(-1) === at - 1) last.push(at);
    else groups.push([at]);
  }
  return groups;
};

/** The width of what precedes the cell, without the gap before it. */
const widthOf = (line: Cells, cell: CellName): number => (cell === 'assign' ? columnsOf(line.lead) : codeWidth(line));

const gapOf = (line: Cells, cell: CellName): number => (cell === 'assign' ? line.gap : line.commentGap) ?? 0;
