import { JsonError, readJsonDocuments, type JsonNode } from '../config/json.ts';
import { diagnose, Refusal } from '../diagnostics/index.ts';

/**
 * A file in JSON syntax as HCL of the same length, in which each value stands where it stood: the members of the object become
 * attributes, blocks among them. Throws a Refusal with TAE006 for a text that is no object, or has names that HCL cannot have.
 * Source: https://github.com/hashicorp/hcl/blob/main/json/spec.md
 */
export const hclOfJson = (file: string, text: string): string => {
  const refuse = (reason: string, at: number): never => {
    throw new Refusal(diagnose('TAE006', { reason }, { file, start: at, end: at }));
  };
  const root = objectIn(text, refuse);
  // By units, as places are counted.
  const written = text.replace(/^\ufeff/, ' ').split('');
  const put = (start: number, end: number, words: string): void =>
    void written.splice(start, end - start, ...words.padEnd(end - start).split(''));
  put(root.offset, root.offset + 1, ' ');
  put(root.offset + root.length - 1, root.offset + root.length, ' ');
  let last: number | undefined;
  for (const { offset, children: [key, value] = [] } of root.children ?? []) {
    if (!key || !value) continue;
    const name = String(key.value);
    if (!/^[A-Za-z_][\w-]*$/.test(name)) refuse('a name in it is none in HCL', offset);
    const comma = last === undefined ? -1 : text.indexOf(',', last);
    if (comma !== -1) put(comma, comma + 1, '\n');
    put(key.offset, value.offset, `${name} =`);
    last = value.offset + value.length;
  }
  return written.join('');
};

const objectIn = (text: string, refuse: (reason: string, at: number) => never): JsonNode => {
  try {
    const [root, ...more] = readJsonDocuments(text);
    return root?.type === 'object' && more.length === 0 ? root : refuse('it is no object in JSON', 0);
  } catch (error) {
    if (error instanceof JsonError) return refuse(`its JSON is broken: ${error.message}`, error.start);
    throw error;
  }
};
