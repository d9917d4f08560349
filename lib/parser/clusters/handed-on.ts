import type { Range } from '../../diagnostics/index.ts';
import { attributesOf } from '../../hcl/index.ts';
import {
  callAddress,
  callSource,
  blocksOf,
  isOverride,
  parseJson,
  jsonBlocks,
  jsonMembers,
  parseModuleSource,
  stringAttribute,
  type RootModule,
} from '../../terraform/index.ts';
import { phaseVariable } from '../phase-variable/phase-variable.ts';
import { isNamedForAwsAuth } from '../routes/own-arguments.ts';
import { routeOfModule } from '../routes/routes.ts';

/** An argument with rows of aws-auth for a module that is not the eks module: a wrapper of it, as a rule. */
export type HandedOn = {
  readonly call: string;
  readonly argument: string;
  readonly range: Range;
  readonly target: string;
  readonly local: boolean;
  /** What works today, where the module is a known one. */
  readonly way: string | undefined;
};

/** Names that wrappers give such arguments, after those of the eks module. */
const rowsArgument = /aws_?auth|map_(additional_)?(iam_)?(roles|users|accounts)/i;

export const handedOn = (module: RootModule): readonly HandedOn[] =>
  blocksOf(module, 'module').flatMap(block => {
    const target = callSource(module, block);
    if (target === undefined) return [];
    const source = parseModuleSource(target);
    const route = routeOfModule(source);
    return attributesOf(block.body)
      .filter(({ name }) => rowsArgument.test(name) || route?.teams?.includes(name))
      .map(({ name, nameRange }) => ({
        call: callAddress(block),
        argument: name,
        range: nameRange,
        target,
        local: source.kind === 'local',
        way: route?.way,
      }));
  });

/** Also as `git::https://github.com/terraform-aws-modules/terraform-aws-eks`. */
const eksModule = /terraform-aws-modules\/(terraform-aws-)?eks\b/;

/**
 * The files in JSON that call the eks module, have rows of aws-auth or access entries, or override what is read. They are read for
 * references, and not edited. `calls`: labels of further calls that are read.
 */
export const jsonFilesWithEks = (module: RootModule, calls: ReadonlySet<string> = new Set()): readonly string[] =>
  [...module.json]
    .map(([path, text]) => [path, parseJson(text) ?? text] as const)
    .filter(([path, file]) => namesEks(file) || (isOverride(path) && overridesRead(module, file, calls)))
    .map(([path]) => path);

/** A string may be written with escapes, such as `\/`, so that the text alone does not tell. What is no JSON is searched as it is. */
const namesEks = (file: unknown): boolean => {
  let found = false;
  JSON.stringify(file, (key, value: unknown) => {
    found ||= key.startsWith('aws_eks_access_') || rowsKey.test(key);
    // The users of other services have a block of that name.
    found ||= key === 'authentication_mode' && typeof value === 'string';
    found ||= value === 'IAMIdentityMapping';
    found ||= key === 'source' && typeof value === 'string' && isNamedForAwsAuth(parseModuleSource(value));
    found ||= typeof value === 'string' && (eksModule.test(value) || value === 'aws-auth');
    return value;
  });
  return found;
};

/** An argument of a module with rows, or a key of one. */
const rowsKey = /^(?:(?:aws_auth|map_additional)_\w+|map_(?:roles|users)|role_?arn|userarn)$/i;

/** Resources of which rows, principals and clusters are read. */
const readResources = /^(aws_eks_|aws_iam_|kubernetes_|kubectl_)/;

const overridesRead = (module: RootModule, file: unknown, calls: ReadonlySet<string>): boolean =>
  jsonBlocks(file, 'locals').some(([name]) => module.locals.has(name)) ||
  jsonBlocks(file, 'variable').some(([name]) => name === phaseVariable) ||
  jsonBlocks(file, 'module').some(
    ([label]) =>
      calls.has(label) ||
      blocksOf(module, 'module', label).some(block => eksModule.test(stringAttribute(block, 'source') ?? '')),
  ) ||
  jsonBlocks(file, 'resource').some(
    ([type, resources]) =>
      readResources.test(type) &&
      jsonMembers(resources).some(([label]) =>
        blocksOf(module, 'resource', type).some(({ labels }) => labels[1] === label),
      ),
  );
