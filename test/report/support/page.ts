import { parse, type DefaultTreeAdapterTypes as Tree } from 'parse5';

export type Element = Tree.Element;

/** The elements of a name below a node, in the order of the text. */
export const all = (node: Tree.ParentNode, ...names: readonly string[]): readonly Element[] =>
  node.childNodes.flatMap(child =>
    'tagName' in child
      ? [...(names.length === 0 || names.includes(child.tagName) ? [child] : []), ...all(child, ...names)]
      : [],
  );

export const attributeOf = ({ attrs }: Element, name: string): string | undefined =>
  attrs.find(attribute => attribute.name === name)?.value;

export const hasClass = (element: Element, name: string): boolean =>
  (attributeOf(element, 'class') ?? '').split(' ').includes(name);

/** As it is read: white space is one space. */
export const textOf = (node: Tree.Node): string => rawText(node).replace(/\s+/g, ' ').trim();

/** As it is written. */
export const rawText = (node: Tree.Node): string =>
  'value' in node ? node.value : 'childNodes' in node ? node.childNodes.map(rawText).join('') : '';

/** A page as a browser reads it; what does not parse is an error. */
export const readPage = (page: string): Tree.Document => {
  const errors: string[] = [];
  const document = parse(page, { onParseError: ({ code, startLine }) => errors.push(`${code} in line ${startLine}`) });
  if (errors.length > 0) throw new Error(errors.join('\n'));
  return document;
};

/** The rows of the tables of a class, each as its cells. */
export const rowsOf = (node: Tree.ParentNode, name: string): readonly (readonly Element[])[] =>
  all(node, 'table')
    .filter(table => hasClass(table, name))
    .flatMap(table => all(table, 'tbody').flatMap(body => all(body, 'tr')))
    .map(row => all(row, 'th', 'td'));

/** The texts in `<code>`. */
export const codesIn = (node: Tree.ParentNode): readonly string[] => all(node, 'code').map(rawText);
