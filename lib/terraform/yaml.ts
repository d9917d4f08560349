import type { Yaml } from './evaluate.ts';

/** Deeper documents are not read. */
const deepest = 100;

/**
 * What reads YAML for `yamldecode`; loaded only for modules that call it. Undefined for a document that the parser has the
 * slightest doubt about.
 */
export const loadYaml = async (): Promise<(text: string) => Yaml | undefined> => {
  const { isAlias, isMap, isScalar, isSeq, parseAllDocuments } = await import('yaml');
  type Parsed = ReturnType<typeof parseAllDocuments>[number];
  return text => {
    // Directives and characters that are not printable are seldom and read in different ways.
    if (/^%|[^\t\n\r\u0020-\u007e\u00a0-\ud7ff\ue000-\ufefe\uff00-\ufffd\u{10000}-\u{10ffff}]/mu.test(text))
      return undefined;
    const documents = parseAllDocuments(text, {
      schema: 'failsafe',
      merge: false,
      uniqueKeys: false,
      logLevel: 'silent',
    });
    const [document] = documents as Parsed[];
    if (documents.length !== 1 || !document || document.errors.length > 0 || document.warnings.length > 0)
      return undefined;
    const anchors = new Map<string, Yaml | undefined>();
    /** An alias shares what it stands for: no document grows by being read. An anchor is not known inside of itself. */
    const read = (node: unknown, depth: number): Yaml | undefined => {
      if (isAlias(node)) return anchors.get(node.source);
      const anchor = isScalar(node) || isSeq(node) || isMap(node) ? node.anchor : undefined;
      if (anchor !== undefined) anchors.delete(anchor);
      const result = readNode(node, depth);
      if (anchor !== undefined) anchors.set(anchor, result);
      return result;
    };
    const readNode = (node: unknown, depth: number): Yaml | undefined => {
      if (depth > deepest) return undefined;
      if (node === null || node === undefined) return { kind: 'scalar', text: '', plain: true };
      if (isScalar(node)) return readScalar(node);
      if (isSeq(node)) {
        if (node.tag !== undefined && !node.tag.endsWith(':seq')) return undefined;
        const items = node.items.map(item => read(item, depth + 1));
        return items.every(item => item !== undefined) ? { kind: 'sequence', items } : undefined;
      }
      if (!isMap(node) || (node.tag !== undefined && !node.tag.endsWith(':map'))) return undefined;
      const entries: (readonly [Yaml, Yaml])[] = [];
      for (const { key, value } of node.items) {
        const [name, entry] = [read(key, depth + 1), read(value, depth + 1)];
        if (!name || !entry) return undefined;
        entries.push([name, entry]);
      }
      return { kind: 'mapping', entries };
    };
    return read(document.contents, 0);
  };
};

type Scalar = { readonly value: unknown; readonly type?: unknown; readonly tag?: string | undefined };

const readScalar = ({ value, type, tag }: Scalar): Yaml | undefined => {
  const text = value === null ? '' : value;
  if (typeof text !== 'string') return undefined;
  const style = type === undefined ? 'PLAIN' : type;
  // A block is never anything but text; what is quoted is not either.
  return { kind: 'scalar', text, plain: style === 'PLAIN', ...(tag === undefined ? {} : { tag }) };
};
