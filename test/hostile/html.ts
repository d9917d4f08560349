import { parse, type DefaultTreeAdapterTypes as Tree } from 'parse5';
import { codes } from '../../lib/diagnostics/index.ts';
import { marker } from './values.ts';

export type Element = {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly text: string;
};

/** The elements of a page in the order of the text, as a browser makes them, and what does not parse. */
export const elementsOf = (page: string): { elements: Element[]; errors: string[] } => {
  const errors: string[] = [];
  const document = parse(page, { onParseError: ({ code, startLine }) => errors.push(`${code} in line ${startLine}`) });
  const walk = (node: Tree.Node): Element[] => {
    const children = 'childNodes' in node ? node.childNodes.flatMap(walk) : [];
    if (!('tagName' in node)) return children;
    const attributes = Object.fromEntries(node.attrs.map(({ name, value }) => [name, value]));
    return [{ name: node.tagName, attributes, text: textOf(node) }, ...children];
  };
  return { elements: walk(document), errors };
};

const textOf = (node: Tree.Node): string =>
  'value' in node ? node.value : 'childNodes' in node ? node.childNodes.map(textOf).join('') : '';

const structure =
  'html head meta title style body main section nav h1 h2 h3 h4 h5 p article a span strong pre code div dl dt dd table caption colgroup col thead tbody tr th td ul li details summary del ins';

/** Elements of a page that come from a value, or that would load or run something. */
export const injectedTags = (page: string): string[] => {
  const { elements, errors } = elementsOf(page);
  const known = new Set(structure.split(' '));
  const pages = Object.keys(codes).map(
    code => new RegExp(String.raw`^https://github\.com/tf-access-entries/[\w./-]+/${code}\.md$`),
  );
  return [
    ...errors,
    ...elements.flatMap(({ name, attributes }) => {
      const shown = `<${name} ${JSON.stringify(attributes)}>`.slice(0, 200);
      if (!known.has(name)) return [shown];
      if (Object.values(attributes).some(value => value.includes(marker))) return [shown];
      if (attributes['href']?.match(/^#[a-z\d-]+$/)) return [];
      if (attributes['href'] !== undefined && !pages.some(ours => ours.test(attributes['href'] ?? ''))) return [shown];
      return Object.keys(attributes).some(attribute => /^(on|src|style$)/.test(attribute)) ? [shown] : [];
    }),
  ];
};
