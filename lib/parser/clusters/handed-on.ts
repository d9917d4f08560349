import type { Range } from '../../diagnostics/index.ts';
import { attribute, attributesOf, stringValue } from '../../hcl/index.ts';
import { blocksOf, parseModuleSource, type RootModule } from '../../terraform/index.ts';

/** An argument with rows of aws-auth for a module that is not the eks module: a wrapper of it, as a rule. */
export type HandedOn = {
  readonly call: string;
  readonly argument: string;
  readonly range: Range;
  readonly target: string;
  readonly local: boolean;
};

/** Names that wrappers give such arguments, after those of the eks module. */
const rowsArgument = /aws_?auth|map_(additional_)?(iam_)?(roles|users|accounts)/i;

export const handedOn = (module: RootModule): readonly HandedOn[] =>
  blocksOf(module, 'module').flatMap(block => {
    const source = attribute(block.body, 'source');
    const target = source && stringValue(source.value);
    if (target === undefined) return [];
    const { kind } = parseModuleSource(target);
    return attributesOf(block.body)
      .filter(({ name }) => rowsArgument.test(name))
      .map(({ name, nameRange }) => ({
        call: `module.${block.labels[0]}`,
        argument: name,
        range: nameRange,
        target,
        local: kind === 'local',
      }));
  });

const eksModule = 'terraform-aws-modules/eks';

/** The files in JSON that call the eks module. They are read for references, and not edited. */
export const jsonFilesWithEks = ({ json }: RootModule): readonly string[] =>
  [...json].filter(([, text]) => namesEks(text)).map(([path]) => path);

/** A string may be written with escapes, such as `\/`, so that the text alone does not tell. What is no JSON is searched as it is. */
const namesEks = (text: string): boolean => {
  const open: unknown[] = [parsed(text)];
  while (open.length > 0) {
    const value = open.pop();
    if (typeof value === 'string' && value.includes(eksModule)) return true;
    if (typeof value === 'object' && value !== null) for (const member of Object.values(value)) open.push(member);
  }
  return false;
};

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
};
