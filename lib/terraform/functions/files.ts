import type { Template } from '../../hcl/index.ts';
import { isIdentifier } from '../block-names.ts';
import { pathInside } from '../path-inside.ts';
import { sortedEntries } from '../evaluation/order.ts';
import type { Context } from '../evaluation/scope.ts';
import { textValue } from '../evaluation/template.ts';
import { stringType } from '../evaluation/types.ts';
import { errorOf, unknown, type Value } from '../value.ts';
import { anything, isMapping, textOf, type FunctionTable } from './function.ts';

const path = { type: stringType };

/**
 * Files of the root module. One that is not there is unknown, not missing: it may be made later, or lie elsewhere.
 * Source: github.com/hashicorp/terraform, internal/lang/funcs/filesystem.go.
 */
export const fileFunctions: FunctionTable = {
  file: {
    parameters: [path],
    paths: true,
    call: ([name], context) => {
      const text = readFile(name, context);
      return text === undefined ? unknown : textValue(text);
    },
  },
  // Where the module lies is not known. What reads a file reads the same one.
  abspath: { parameters: [path], call: ([name = unknown], { scope }) => (scope.paths?.has('cwd') ? name : unknown) },
  templatefile: {
    parameters: [path, anything],
    paths: true,
    partial: true,
    call: ([name, names], context) => {
      if (!isMapping(names)) return errorOf('templatefile takes the names in a map');
      const text = readFile(name, context);
      const template = text === undefined ? undefined : context.scope.parseTemplate?.(text);
      return template ? render(template, names.entries, context) : unknown;
    },
  },
};

/** `name` from the root module. Undefined for what is not in it. */
const readFile = (name: Value | undefined, { scope }: Context): string | undefined => {
  const inside = pathInside(textOf(name));
  return inside === undefined ? undefined : scope.files?.get(inside);
};

/** Inside of a template only the given names are known, and `templatefile` is refused. */
const render = (template: Template, names: ReadonlyMap<string, Value>, context: Context): Value => {
  const wrong = sortedEntries(names).find(([name]) => !isIdentifier(name));
  if (wrong) return errorOf(`"${wrong[0]}" is no name for a template`);
  return context.evaluate(template, { ...context, names, isolated: true });
};
