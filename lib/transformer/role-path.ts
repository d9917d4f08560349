import { attribute } from '../hcl/index.ts';
import {
  blocksOf,
  evaluate,
  inMergeOrder,
  jsonBlocks,
  jsonDocuments,
  jsonMembers,
  knownString,
  stringOf,
  unknown,
  type Reference,
  type RootModule,
  type Value,
} from '../terraform/index.ts';

/** A role whose path its block tells, as far as it does. */
export type RoleBlock = { readonly name?: string; readonly path: 'none' | 'some' | 'unknown' };

/** The block of `aws_iam_role.x` or `data.aws_iam_roles.x`; undefined for what is something else, or not in this root module. */
export const roleBlock = (module: RootModule, { path: [root = '', ...rest] }: Reference): RoleBlock | undefined => {
  const kind = root === 'data' ? 'data' : 'resource';
  const [type, label] = kind === 'data' ? rest : [root, ...rest];
  if (type !== (kind === 'data' ? 'aws_iam_roles' : 'aws_iam_role')) return undefined;
  const valueOf = bodyOf(module, kind, type, label);
  if (!valueOf) return undefined;
  const name = knownString(valueOf('name'));
  return {
    ...(name === undefined ? {} : { name }),
    path: kind === 'data' ? pathOfFound(valueOf) : pathIn(valueOf('path')),
  };
};

/** The name of the role that `aws_iam_role.x` makes, or `data.aws_iam_role.x` looks up, where its block tells it. */
export const roleName = (module: RootModule, { path: [root = '', ...rest] }: Reference): string | undefined => {
  const kind = root === 'data' ? 'data' : 'resource';
  const [type, label] = kind === 'data' ? rest : [root, ...rest];
  return type === 'aws_iam_role' ? knownString(bodyOf(module, kind, type, label)?.('name')) : undefined;
};

/** The attributes of a block by name. */
type Body = (name: string) => Value | undefined;

/** What all the blocks of one address say together; undefined where there is none. */
const bodyOf = (module: RootModule, kind: string, type: string, label: string | undefined): Body | undefined => {
  const bodies = [...jsonBodies(module, kind, type, label), ...nativeBodies(module, kind, type, label)];
  return bodies.length === 0
    ? undefined
    : name => bodies.map(body => body(name)).findLast(value => value !== undefined);
};

const nativeBodies = (module: RootModule, kind: string, type: string, label: string | undefined): readonly Body[] =>
  inMergeOrder(blocksOf(module, kind, type).filter(({ labels }) => labels[1] === label)).map(({ body }) => name => {
    const found = attribute(body, name);
    return found && evaluate(found.value, module.scope);
  });

/** An override in JSON of a native block is refused. */
const jsonBodies = (module: RootModule, kind: string, type: string, label: string | undefined): readonly Body[] =>
  jsonDocuments(module.json)
    .flatMap(document => jsonBlocks(document, kind))
    .flatMap(([name, blocks]) => (name === type ? jsonMembers(blocks) : []))
    .filter(([name]) => name === label)
    .map(([, body]) => new Map(jsonMembers(body)))
    .map(body => name => (body.has(name) ? valueInJson(body.get(name)) : undefined));

const valueInJson = (value: unknown): Value =>
  value === null ? { kind: 'null' } : typeof value === 'string' && !/[$%]\{/.test(value) ? stringOf(value) : unknown;

/** A data source finds the roles below its prefix. Those of Identity Center have a path, whatever is asked for. */
const pathOfFound = (valueOf: Body): RoleBlock['path'] => {
  const regex = valueOf('name_regex');
  const isSso = regex?.kind === 'string' && regex.parts.some(part => part?.includes('AWSReservedSSO'));
  return isSso ? 'some' : pathIn(valueOf('path_prefix'));
};

const pathIn = (value: Value | undefined): RoleBlock['path'] => {
  if (value === undefined || value.kind === 'null') return 'none';
  if (value.kind !== 'string') return 'unknown';
  if (value.parts.some(part => part !== undefined && /[^/]/.test(part))) return 'some';
  return value.parts.includes(undefined) ? 'unknown' : 'none';
};
