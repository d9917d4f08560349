import { lexer, type Token } from 'marked';
import { marker } from './values.ts';

/** Our own links lead to the pages of codes and to the documentation of AWS and of the module. */
const ours =
  /^https:\/\/(github\.com\/(tf-access-entries|terraform-aws-modules|hashicorp\/terraform-provider-aws)\/|docs\.aws\.amazon\.com\/|registry\.terraform\.io\/)/;

/** Elements of Markdown that come from a value. Text, inline code and the blocks of commands may hold one. */
export const injectedElements = (text: string): string[] => visit(lexer(text, { gfm: true }), []);

const visit = (tokens: readonly Token[], above: readonly string[]): string[] =>
  tokens.flatMap(token => [...problems(token, above), ...visit(childrenOf(token), [...above, token.type])]);

const problems = (token: Token, above: readonly string[]): string[] => {
  const said = (what: string): string[] => [`${what} in ${above.join(' > ')}: ${token.raw.slice(0, 200)}`];
  if (
    token.type === 'html' &&
    !/^(<\/?(details|summary|br)\s*\/?>|<details><summary>[\w ,.-]+<\/summary>)\s*$/.test(token.raw)
  )
    return said('html');
  if (token.type === 'image' || token.type === 'hr' || token.type === 'blockquote' || token.type === 'def') {
    return said(token.type);
  }
  if (token.type === 'link' && (!ours.test((token as { href: string }).href) || token.raw.includes(marker))) {
    return said('link');
  }
  if (['strong', 'em', 'del'].includes(token.type) && token.raw.includes(marker)) return said(token.type);
  if (token.type === 'heading' && token.raw.includes(marker) && !token.raw.startsWith('###')) return said('heading');
  if (token.type === 'code' && (token as { lang?: string }).lang === undefined) return said('code without a language');
  return [];
};

const childrenOf = (token: Token): readonly Token[] => {
  const {
    tokens = [],
    items = [],
    header = [],
    rows = [],
  } = token as {
    tokens?: Token[];
    items?: Token[];
    header?: { tokens: Token[] }[];
    rows?: { tokens: Token[] }[][];
  };
  return [...tokens, ...items, ...[...header, ...rows.flat()].flatMap(cell => cell.tokens)];
};

/** Blocks of code by their language. */
export const codeBlocks = (text: string, language: string): string[] => {
  const found: string[] = [];
  const walk = (tokens: readonly Token[]): void => {
    for (const token of tokens) {
      if (token.type === 'code' && (token as { lang?: string }).lang === language) {
        found.push((token as { text: string }).text);
      }
      walk(childrenOf(token));
    }
  };
  walk(lexer(text, { gfm: true }));
  return found;
};
