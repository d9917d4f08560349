import type { Node, Pair, Scalar } from 'yaml';
import type { Range } from '../../../diagnostics/index.ts';
import type { Comment, HclFile } from '../../../hcl/index.ts';
import { commentsOf } from '../../expressions/comments.ts';
import { linesIn } from '../live/yaml-doubts.ts';
import { placeOfLines, type HoledText, type Sources } from './holed-text.ts';

/** What the lexer puts before the text of a scalar, which may begin with the sign of a comment; it is not in the source. */
const scalarMark = '\u001f';
const marks = new Set(['\u0002', '\u0018', scalarMark]);

/** The comments of a YAML text, at their places in it. */
export const yamlComments = (yaml: Yaml, text: string): readonly Comment[] => {
  const comments: Comment[] = [];
  let [at, isScalar] = [0, false];
  for (const token of new yaml.Lexer().lex(text)) {
    if (token.startsWith('#') && !isScalar) {
      const comment = token.trimEnd();
      comments.push({ range: { file: '', start: at, end: at + comment.length }, text: comment });
    }
    isScalar = token === scalarMark;
    if (!marks.has(token)) at += token.length;
  }
  return comments;
};

type Yaml = typeof import('yaml');

/** An item of a YAML list: its lines in the source, the comments that go with it, and what is written there. */
export type Item = {
  readonly index: number;
  readonly place: Range;
  readonly comments: readonly string[];
  readonly text: string;
};

/** The text of a scalar in a text of YAML; that of a block has its lines in there. */
export const textOfScalar = (outer: HoledText, { type, range }: Scalar, text: string): HoledText => {
  const header = outer.text.slice(0, range?.[0] ?? 0).split('\n').length;
  const isBlock = type === 'BLOCK_LITERAL' && outer.lines;
  return {
    text,
    holes: outer.holes.filter(({ word }) => text.includes(word)),
    place: outer.lines?.[header - 1] ?? outer.place,
    ...(isBlock ? { lines: isBlock.slice(header, header + text.split('\n').length) } : {}),
  };
};

export const itemsOf = (
  yaml: Yaml,
  text: HoledText,
  list: Node | null,
  comments: readonly Comment[],
  sources: Sources,
): readonly Item[] => {
  if (!yaml.isSeq(list)) return [];
  const lines = linesIn(yaml, text.text);
  const lineAt = (offset: number): number => lines.linePos(offset).line - 1;
  const file: HclFile = { file: '', text: text.text, body: { range: text.place, items: [] }, comments };
  const ranges = (list.items as readonly (Node | null)[]).map(item => ({
    file: '',
    start: item?.range?.[0] ?? 0,
    end: endOf(yaml, item),
  }));
  return ranges.map((range, index) => {
    const [before, after] = [ranges[index - 1], ranges[index + 1]];
    const previous = { end: before?.end ?? 0, isItem: before !== undefined };
    return {
      index,
      place: placeOfLines(text, sources, lineAt(range.start), lineAt(Math.max(range.start, range.end - 1))),
      comments: commentsOf(file, range, previous, after?.start ?? text.text.length),
      text: text.text.slice(range.start, range.end),
    };
  });
};

/** Where the last value of a node ends. A block counts the comments behind it to itself. */
const endOf = (yaml: Yaml, node: Node | null): number => {
  for (let last: unknown = node; ;) {
    const end = yaml.isNode(last) ? (last.range?.[1] ?? 0) : 0;
    if (!yaml.isCollection(last) || last.flow || last.items.length === 0) return end;
    const item: unknown = last.items.at(-1);
    if (!yaml.isPair(item)) last = item;
    else last = hasPlace(yaml, item) ? item.value : item.key;
  }
};

const hasPlace = (yaml: Yaml, { value }: Pair): boolean =>
  yaml.isNode(value) && value.range !== undefined && value.range !== null && value.range[1] > value.range[0];
