import { callFunction } from './functions.ts';
import { normalizeNumber } from './number.ts';
import { concatParts, knownString, unknown, type Value } from './value.ts';
import type { Expression, Template } from '../hcl/index.ts';

/** Looks up `local.<name>`. Undefined when there is no such local. */
export type Scope = { readonly local: (name: string) => Value | undefined };

/**
 * Evaluates as far as the source tells: literals, templates, constructors, parentheses, locals, indexing. Everything else is
 * unknown, never guessed. Source: the Terraform language's expressions (developer.hashicorp.com/terraform/language/expressions).
 */
export const evaluate = (expression: Expression, scope: Scope): Value => {
  switch (expression.kind) {
    case 'number':
      return { kind: 'number', text: normalizeNumber(expression.text) };
    case 'bool':
      return { kind: 'bool', value: expression.value };
    case 'null':
      return { kind: 'null' };
    case 'template':
      return evaluateTemplate(expression, scope);
    case 'tuple':
      return { kind: 'list', items: expression.items.map(item => evaluate(item, scope)) };
    case 'object':
      return evaluateObject(expression.items, scope);
    case 'parentheses':
      return evaluate(expression.inner, scope);
    case 'get':
      if (expression.of.kind === 'variable' && expression.of.name === 'local')
        return scope.local(expression.name) ?? unknown;
      return member(evaluate(expression.of, scope), expression.name);
    case 'index':
      return element(evaluate(expression.of, scope), evaluate(expression.key, scope));
    case 'call':
      return callFunction(expression.name, expression.expand ? [] : expression.args.map(arg => evaluate(arg, scope)));
    default:
      return unknown;
  }
};

const evaluateTemplate = (template: Template, scope: Scope): Value => {
  const [only] = template.parts;
  // HCL unwraps a template that is one interpolation: "${x}" is x itself, not its text.
  if (template.parts.length === 1 && only?.kind === 'interpolation' && !template.heredoc)
    return evaluate(only.value, scope);
  return concatParts(
    template.parts.map(part => {
      if (part.kind === 'literal') return { kind: 'string', parts: [part.text] };
      return part.kind === 'interpolation' ? evaluate(part.value, scope) : unknown;
    }),
  );
};

const evaluateObject = (items: Extract<Expression, { kind: 'object' }>['items'], scope: Scope): Value => {
  const entries = new Map<string, Value>();
  for (const item of items) {
    const name = item.name ?? knownString(evaluate(item.key, scope));
    if (name === undefined) return unknown;
    entries.set(name, evaluate(item.value, scope));
  }
  return { kind: 'object', entries };
};

const member = (of: Value, name: string): Value => (of.kind === 'object' ? (of.entries.get(name) ?? unknown) : unknown);

const element = (of: Value, key: Value): Value => {
  if (key.kind === 'number' && of.kind === 'list') return of.items[Number(key.text)] ?? unknown;
  const name = knownString(key);
  return name === undefined ? unknown : member(of, name);
};
