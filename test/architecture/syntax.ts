import { parseSync } from '@swc/core';

type Node = { readonly type: string; readonly [key: string]: unknown };

export type Syntax = {
  /** `import(…)` of something else than a literal. */
  readonly computedImports: boolean;
  /** `type A = import('./a.ts').A`, of a file of ours. */
  readonly importsInTypes: boolean;
  /** Every name that is read as a variable or a type: no property names, no keys. */
  readonly names: ReadonlySet<string>;
  /** `new Function(…)` or `Function(…)`. */
  readonly makesFunctions: boolean;
  /** The statements of the module. */
  readonly statements: readonly Node[];
};

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && 'type' in value;
const literal = (value: unknown): string | undefined =>
  isNode(value) && value.type === 'StringLiteral' ? (value['value'] as string) : undefined;

/** Fields that hold a name of a property, not of a variable. */
const propertyNames: Readonly<Record<string, readonly string[]>> = {
  MemberExpression: ['property'],
  SuperPropExpression: ['property'],
  KeyValueProperty: ['key'],
  KeyValuePatternProperty: ['key'],
  MethodProperty: ['key'],
  GetterProperty: ['key'],
  SetterProperty: ['key'],
  ClassProperty: ['key'],
  ClassMethod: ['key'],
  TsPropertySignature: ['key'],
  TsMethodSignature: ['key'],
  TsQualifiedName: ['right'],
  ImportSpecifier: ['imported'],
  ExportSpecifier: ['exported'],
};

const children = (node: object): unknown[] =>
  Object.entries(node).flatMap(([field, value]) => {
    const isPropertyName =
      isNode(node) && propertyNames[node.type]?.includes(field) && isNode(value) && value.type === 'Identifier';
    return isPropertyName ? [] : [value];
  });

export const parse = (text: string): Syntax => {
  let computedImports = false;
  let importsInTypes = false;
  const names = new Set<string>();
  let makesFunctions = false;

  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    if (isNode(value)) {
      const callee = value['callee'];
      if (value.type === 'ExportNamedDeclaration' && isNode(value['source'])) return;
      if (value.type === 'TsImportType' && literal(value['argument'])?.startsWith('.')) importsInTypes = true;
      if (isNode(callee) && callee.type === 'Import') {
        const [argument] = value['arguments'] as { expression: unknown }[];
        if (literal(argument?.expression) === undefined) computedImports = true;
      }
      if (isNode(callee) && callee.type === 'Identifier' && callee['value'] === 'Function') makesFunctions = true;
      if (value.type === 'Identifier') names.add(value['value'] as string);
    }
    for (const child of children(value)) visit(child);
  };

  const statements = parseSync(text, { syntax: 'typescript', target: 'es2022' }).body as unknown as readonly Node[];
  visit(statements);
  return { computedImports, importsInTypes, names, makesFunctions, statements };
};
