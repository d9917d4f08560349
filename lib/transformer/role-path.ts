import { attribute } from '../hcl/index.ts';
import {
  blocksOf,
  evaluate,
  type PlacedBlock,
  type Reference,
  type RootModule,
  type Value,
} from '../terraform/index.ts';

/** A role whose path its block tells, as far as it does. */
export type RoleBlock = { readonly block: PlacedBlock; readonly path: 'none' | 'some' | 'unknown' };

/** The block of `aws_iam_role.x` or `data.aws_iam_roles.x`; undefined for what is something else, or not in this root module. */
export const roleBlock = (module: RootModule, { path: [root = '', ...rest] }: Reference): RoleBlock | undefined => {
  const kind = root === 'data' ? 'data' : 'resource';
  const [type, label] = kind === 'data' ? rest : [root, ...rest];
  if (type !== (kind === 'data' ? 'aws_iam_roles' : 'aws_iam_role')) return undefined;
  const block = blocksOf(module, kind, type).find(({ labels }) => labels[1] === label);
  return (
    block && { block, path: kind === 'data' ? pathOfFound(module, block) : pathIn(valueIn(module, block, 'path')) }
  );
};

const valueIn = (module: RootModule, block: PlacedBlock, name: string): Value | undefined => {
  const found = attribute(block.body, name);
  return found && evaluate(found.value, module.scope);
};

/** A data source finds the roles below its prefix. Those of Identity Center have a path, whatever is asked for. */
const pathOfFound = (module: RootModule, block: PlacedBlock): RoleBlock['path'] => {
  const regex = valueIn(module, block, 'name_regex');
  const isSso = regex?.kind === 'string' && regex.parts.some(part => part?.includes('AWSReservedSSO'));
  return isSso ? 'some' : pathIn(valueIn(module, block, 'path_prefix'));
};

const pathIn = (value: Value | undefined): RoleBlock['path'] => {
  if (value === undefined || value.kind === 'null') return 'none';
  if (value.kind !== 'string') return 'unknown';
  if (value.parts.some(part => part !== undefined && /[^/]/.test(part))) return 'some';
  return value.parts.includes(undefined) ? 'unknown' : 'none';
};
