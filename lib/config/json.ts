import { findNodeAtLocation, parseTree, printParseErrorCode, type Node, type ParseError } from 'jsonc-parser';

export { getNodePath as jsonPath, getNodeValue as jsonValue } from 'jsonc-parser';

/** A JSON value with its place in the text: `offset` and `length` in UTF-16 units. */
export type JsonNode = Node;

/** Thrown by `readJsonDocuments`; callers turn it into a diagnostic. */
export class JsonError extends Error {
  readonly start: number;
  constructor(reason: string, start: number) {
    super(reason);
    this.start = start;
  }
}

/** Valid JSON, but more of it than is read. */
export class JsonTooDeep extends JsonError {
  constructor() {
    super(`more than ${deepest} levels are nested`, 0);
  }
}

const deepest = 200;

/**
 * Reads JSON texts that follow one another (RFC 8259, with or without newlines between them), with positions, which
 * JSON.parse does not give. A byte order mark at the start is skipped.
 */
export const readJsonDocuments = (text: string): JsonNode[] => {
  const documents: JsonNode[] = [];
  let at = text.startsWith('\ufeff') ? 1 : 0;
  while (at < text.length) {
    const errors: ParseError[] = [];
    const root = parse(text.slice(at), errors);
    const [error] = errors;
    const follows = error && printParseErrorCode(error.error) === 'EndOfFileExpected';
    if (error && !follows) throw new JsonError(reasonOf(text, error, at + error.offset), at + error.offset);
    if (!root) break;
    place(root, at);
    documents.push(root);
    at = follows ? at + error.offset : text.length;
  }
  return documents;
};

const parse = (text: string, errors: ParseError[]): JsonNode | undefined => {
  try {
    return parseTree(text, errors, { disallowComments: true, allowEmptyContent: true });
  } catch (error) {
    if (error instanceof RangeError) throw new JsonTooDeep();
    throw error;
  }
};

/** Puts a document where it stands in the text. */
const place = (node: Node, by: number, depth = 0): void => {
  if (depth > deepest) throw new JsonTooDeep();
  (node as { offset: number }).offset += by;
  for (const child of node.children ?? []) place(child, by, node.type === 'property' ? depth : depth + 1);
};

type Code = ReturnType<typeof printParseErrorCode>;

const expected: Partial<Record<Code, string>> = {
  PropertyNameExpected: 'a key in double quotes',
  ValueExpected: 'a value',
  ColonExpected: '":"',
  CommaExpected: '","',
  CloseBraceExpected: '"," or "}"',
  CloseBracketExpected: '"," or "]"',
};

const refused: Partial<Record<Code, string>> = {
  InvalidSymbol: 'a word stands without double quotes',
  InvalidNumberFormat: 'a number is not written as in JSON',
  UnexpectedEndOfNumber: 'a number is not written as in JSON',
  InvalidCommentToken: 'a comment is found, and JSON has none',
  UnexpectedEndOfComment: 'a comment is found, and JSON has none',
};

/** No word of the text is in it: the text may be a secret. */
const reasonOf = (text: string, { error }: ParseError, start: number): string => {
  const code = printParseErrorCode(error);
  const wanted = expected[code];
  if (wanted === undefined) return refused[code] ?? 'a string is not written as in JSON';
  return `${wanted} is expected and ${start < text.length ? `${JSON.stringify(text[start])} is found` : 'the text ends'}`;
};

/** The node at a path of keys and indexes; the deepest part that exists, so that a missing key points at its object. */
export const jsonNodeAt = (root: JsonNode, path: readonly PropertyKey[]): JsonNode => {
  const steps = path.map(step => (typeof step === 'number' ? step : String(step)));
  for (let end = steps.length; end > 0; end--) {
    const node = findNodeAtLocation(root, steps.slice(0, end));
    if (node) return node;
  }
  return root;
};

/** A member of an object: the key, and where it stands. */
export type JsonMember = { readonly key: string; readonly keyNode: JsonNode };

export const jsonMembers = (node: JsonNode): readonly JsonMember[] =>
  (node.type === 'object' ? (node.children ?? []) : []).flatMap(({ children: [keyNode] = [] }) =>
    keyNode ? [{ key: String(keyNode.value), keyNode }] : [],
  );
