import { attribute, stringValue, type Expression } from '../hcl/index.ts';
import { blocksOf, type RootModule } from './root-module.ts';

/** A file whose inputs Terragrunt merges with those of a unit, as the unit names it; without a text it was not given. */
export type IncludedFile = { readonly name: string; readonly text: string | undefined };

/**
 * What a unit includes. `find_in_parent_folders` finds the nearest file of a name above the unit.
 * Sources: terragrunt.gruntwork.io/docs/reference/hcl/blocks (include), .../functions (find_in_parent_folders)
 */
export const includedFiles = (module: RootModule): readonly IncludedFile[] =>
  blocksOf(module, 'include').map(({ body }) => {
    const path = attribute(body, 'path')?.value;
    const above = path && nameAbove(path);
    if (above !== undefined) return { name: above, text: nearestAbove(module, above) };
    const name = path && stringValue(path);
    return {
      name: name ?? 'a file whose name is computed',
      text: name === undefined ? undefined : fileOf(module, name),
    };
  });

/** The name that `find_in_parent_folders` looks for. */
const nameAbove = (path: Expression): string | undefined => {
  if (path.kind !== 'call' || path.name !== 'find_in_parent_folders') return undefined;
  const [first] = path.args;
  return first ? stringValue(first) : 'terragrunt.hcl';
};

const nearestAbove = ({ scope: { files } }: RootModule, name: string): string | undefined => {
  const above = [...(files?.keys() ?? [])].filter(
    path => /^(?:\.\.\/)+/.exec(path)?.[0] === path.slice(0, -name.length),
  );
  const nearest = above.filter(path => path.endsWith(`/${name}`)).toSorted((a, b) => a.length - b.length)[0];
  return nearest === undefined ? undefined : files?.get(nearest);
};

const fileOf = ({ scope: { files } }: RootModule, name: string): string | undefined =>
  files?.get(name.replace(/^\.\//, ''));

/** Whether a file that is included gives no input of a name for certain: it has no inputs, or writes them out and this one is not there. */
export const givesNo = (argument: string, { text }: IncludedFile): boolean => {
  if (text === undefined) return false;
  if (!/^\s*inputs\s*=/m.test(text)) return true;
  return /^\s*inputs\s*=\s*\{/m.test(text) && !text.includes(argument);
};
