import type { Parser } from 'web-tree-sitter';
import { positionAt } from '../diagnostics/index.ts';
import { buildBody } from './build/body.ts';
import { buildExpression } from './build/expression.ts';
import { refuse, type Source } from './build/source.ts';
import { endOfLine } from './layout.ts';
import { copyNodes, findFault, type RawNode } from './raw-node.ts';
import type { Comment, HclFile } from './tree.ts';

/** Throws a `Refusal` (TAE006) for text that the grammar does not understand. */
export type HclParser = { readonly parse: (file: string, text: string) => HclFile };

/** The bytes of web-tree-sitter's own wasm and of the grammar's: whoever calls knows where they lie. */
export type ParserWasm = { readonly runtime: Uint8Array; readonly grammar: Uint8Array };

/** The runtime is one per process: a second start would pull the ground from under the parsers of the first. */
let runtime: Promise<void> | undefined;

export const createHclParser = async (wasm: ParserWasm): Promise<HclParser> => {
  const { Language, Parser } = await import('web-tree-sitter');
  runtime ??= Parser.init({ wasmBinary: wasm.runtime });
  await runtime;
  const parser = new Parser().setLanguage(await Language.load(wasm.grammar));
  return { parse: (file, text) => guardStack(file, text, () => parse(parser, file, text)) };
};

/** Building recurses, to a limit. Should the caller have used most of the stack, even less is too deep. */
const guardStack = (file: string, text: string, build: () => HclFile): HclFile => {
  try {
    return build();
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return refuse('nested too deeply', { file, start: 0, end: text.length });
  }
};

const parse = (parser: Parser, file: string, text: string): HclFile => {
  const tree = parser.parse(text);
  if (!tree) throw new Error('no grammar was set');
  const { root, comments } = copyNodes(tree);
  tree.delete();
  const source: Source = { file, text, expression: (node, depth) => buildExpression(source, node, depth) };
  const fault = findFault(root);
  if (fault) refuseFault(source, fault);
  const [body] = root.children;
  if (body && body.type !== 'body') refuse('it is JSON, not native syntax', { file, start: body.start, end: body.end });
  return {
    file,
    text,
    body: buildBody(source, body, { start: 0, end: text.length }, 0),
    comments: comments.map(node => commentOf(source, node)),
  };
};

const refuseFault = ({ file, text }: Source, fault: RawNode): never => {
  const { line } = positionAt(text, fault.start);
  const end = Math.min(fault.end, fault.start + 30, endOfLine(text, fault.start));
  const what = fault.missing ? 'something is missing' : `"${text.slice(fault.start, end).trim()}" is not understood`;
  return refuse(`${what} on line ${line}`, { file, start: fault.start, end: Math.max(end, fault.start) });
};

/** The grammar counts the carriage return of a CRLF file to a line comment. */
const commentOf = ({ file, text }: Source, { start, end }: RawNode): Comment => {
  const comment = text.slice(start, end).trimEnd();
  return { range: { file, start, end: start + comment.length }, text: comment };
};
