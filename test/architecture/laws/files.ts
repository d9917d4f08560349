import { isGenerated, isLibrary, type Law } from '../project.ts';
import { parse } from '../syntax.ts';

const longest = 250;

/** Past this a file is two. */
export const filesAreShort: Law = files =>
  files
    .filter(file => /^(lib|scripts)\/.*\.m?[jt]s$/.test(file.path) && !isGenerated(file))
    .map(({ path, text }) => ({ path, lines: text.split('\n').length - 1 }))
    .filter(({ lines }) => lines > longest)
    .map(({ path, lines }) => `${path}: ${lines} lines, ${longest} at most`);

const kebabCase = /^\.?[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9-]+)*$/;

export const namesAreKebabCase: Law = files =>
  files
    .map(({ path }) => path)
    .filter(path => /^(lib|scripts|templates|test)\//.test(path) && !path.includes('/fixtures/'))
    // Go has names of its own, and a README is a README.
    .filter(path => !path.endsWith('.go') && !path.endsWith('/README.md'))
    .filter(path => !path.split('/').every(name => kebabCase.test(name)))
    .map(path => `${path}: not kebab-case`);

type Node = { readonly type: string; readonly [key: string]: unknown };

/** What a table is made of: names and values, no calls, no functions. */
const isTable = (value: unknown): boolean => {
  if (Array.isArray(value)) return value.every(isTable);
  if (typeof value !== 'object' || value === null) return true;
  const { type } = value as Node;
  if (type !== undefined && /Function|Call|^NewExpression|^Class|^MethodProperty/.test(type)) return false;
  return Object.values(value).every(isTable);
};

const isIndexStatement = (statement: Node): boolean => {
  if (/^(ImportDeclaration|ExportAllDeclaration|ExportNamedDeclaration)$/.test(statement.type)) return true;
  const declaration = (statement.type === 'ExportDeclaration' ? statement['declaration'] : statement) as Node;
  if (/^Ts(TypeAlias|Interface)Declaration$/.test(declaration.type)) return true;
  return declaration.type === 'VariableDeclaration' && isTable(declaration['declarations']);
};

/** An index.ts is a table or re-exports. */
export const indexesHoldNoLogic: Law = files =>
  files
    .filter(file => isLibrary(file) && file.path.endsWith('/index.ts'))
    .filter(({ text }) => !parse(text).statements.every(isIndexStatement))
    .map(({ path }) => `${path}: holds more than tables and re-exports`);
