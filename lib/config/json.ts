/** A JSON value with its place in the text: UTF-16 offsets, `end` exclusive. */
export type JsonNode = { readonly start: number; readonly end: number } & (
  | { readonly kind: 'object'; readonly members: readonly JsonMember[] }
  | { readonly kind: 'array'; readonly items: readonly JsonNode[] }
  | { readonly kind: 'scalar'; readonly value: string | number | boolean | null }
);

export type JsonMember = {
  readonly key: string;
  readonly keyStart: number;
  readonly keyEnd: number;
  readonly value: JsonNode;
};

/** Thrown by `readJsonDocuments`; callers turn it into a diagnostic of their own. */
export class JsonError extends Error {
  readonly start: number;
  constructor(reason: string, start: number) {
    super(reason);
    this.start = start;
  }
}

const spaces = /[ \t\r\n]*/y;
const strings = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
const scalars = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w.])|(?:true|false|null)(?!\w)/y;
const deepest = 200;

/**
 * Reads JSON texts that follow one another (RFC 8259, with or without newlines between them), with positions, which
 * JSON.parse does not give. A byte order mark at the start is skipped.
 */
export const readJsonDocuments = (text: string): JsonNode[] => {
  let at = text.charCodeAt(0) === 0xfeff ? 1 : 0;

  const match = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at;
    const found = pattern.exec(text)?.[0];
    at += found?.length ?? 0;
    return found;
  };
  const take = (character: string): boolean => {
    match(spaces);
    if (text[at] !== character) return false;
    at++;
    return true;
  };
  const fail = (wanted: string): never => {
    const found = at >= text.length ? 'the text ends' : `${JSON.stringify(text[at])} is found`;
    throw new JsonError(`${wanted} is expected and ${found}`, at);
  };

  /** What stands between two brackets, separated by commas. */
  const list = <Item>(closing: string, item: () => Item): Item[] => {
    const items: Item[] = [];
    if (take(closing)) return items;
    do items.push(item());
    while (take(','));
    if (!take(closing)) fail(`"," or "${closing}"`);
    return items;
  };

  const readMember = (depth: number): JsonMember => {
    match(spaces);
    const keyStart = at;
    const key = match(strings) ?? fail('a key in double quotes');
    const keyEnd = at;
    if (!take(':')) fail('":"');
    return { key: JSON.parse(key) as string, keyStart, keyEnd, value: readNode(depth) };
  };

  const readNode = (depth: number): JsonNode => {
    match(spaces);
    const start = at;
    if (depth > deepest) throw new JsonError(`more than ${deepest} levels are nested`, at);
    if (take('{')) {
      const members = list('}', () => readMember(depth + 1));
      return { kind: 'object', members, start, end: at };
    }
    if (take('[')) {
      const items = list(']', () => readNode(depth + 1));
      return { kind: 'array', items, start, end: at };
    }
    const scalar = match(strings) ?? match(scalars) ?? fail('a value');
    return { kind: 'scalar', value: JSON.parse(scalar) as string | number | boolean | null, start, end: at };
  };

  const documents: JsonNode[] = [];
  for (match(spaces); at < text.length; match(spaces)) documents.push(readNode(0));
  return documents;
};

/** The plain value, as JSON.parse gives it. Of a key written twice the last one counts. */
export const jsonValue = (node: JsonNode): unknown => {
  if (node.kind === 'scalar') return node.value;
  if (node.kind === 'array') return node.items.map(jsonValue);
  const value: Record<string, unknown> = {};
  for (const { key, value: member } of node.members) {
    Object.defineProperty(value, key, {
      value: jsonValue(member),
      enumerable: true,
      configurable: true,
      writable: true,
    });
  }
  return value;
};

/** The member at a path of keys and indexes; the deepest part that exists, so that a missing key points at its object. */
export const jsonNodeAt = (root: JsonNode, path: readonly PropertyKey[]): JsonNode => {
  let node = root;
  for (const step of path) {
    const next =
      node.kind === 'object'
        ? node.members.findLast(({ key }) => key === step)?.value
        : node.kind === 'array'
          ? node.items[Number(step)]
          : undefined;
    if (next === undefined) return node;
    node = next;
  }
  return node;
};
