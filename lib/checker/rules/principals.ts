import { diagnose, type Diagnostic, type Range } from '../../diagnostics/index.ts';
import { entryTypes, isAccessEntryType, isAccountId, isSsoRoleName, parsePrincipalArn } from '../../eks/index.ts';
import { attribute, walk, type Expression } from '../../hcl/index.ts';
import { entryType, meaningOf, resolve } from '../../parser/index.ts';
import { addressOf, blocksOf, evaluate, referencesOf, type RootModule } from '../../terraform/index.ts';
import { isCaller, principalOf, roleBlock, type Principal } from '../../transformer/index.ts';
import { clustersOf, entriesOf, principalsOf, type CheckRule } from '../entries.ts';

/**
 * An entry names an IAM role or user; one of a node type names a role of the cluster's account. The account's root is
 * accepted and does nothing.
 * Sources: EKS user guide, creating-access-entries; aws-iam-authenticator issue 797; terraform-provider-aws issue 36447.
 */
export const principals: CheckRule = state =>
  principalsOf(entriesOf(state)).flatMap(({ field, module, name, written }): readonly Diagnostic[] => {
    const principal = principalOf(field, module);
    const args = { entry: name, principal: principal.text };
    const { runner } = state.options;
    const what = refused(principal) ?? refusedByType(principal, entryType(written), runner);
    const when = principal.unproven && 'it is none';
    if (what !== undefined) return [diagnose('TAE708', { ...args, what, when }, field.range)];
    if (isCaller(principal.meaning.expression) && parsePrincipalArn(runner)?.kind !== 'user')
      return [diagnose('TAE708', { ...args, ...caller }, field.range)];
    if (principal.otherKind === 'root') return [diagnose('TAE709', args, field.range)];
    return principal.kind === 'user' ? [diagnose('TAE710', args, field.range)] : [];
  });

/** Of a role AWS STS gives the ARN of its session, of a user that of the user. */
const caller = { what: 'the ARN of whoever runs Terraform, and for a role that of a session', when: 'a role runs it' };

const refused = ({ otherKind, invalid, unproven, name, account }: Principal): string | undefined => {
  if (otherKind === 'service-linked-role' || name?.toLowerCase().startsWith('awsservicerolefor')) {
    return 'a service-linked role';
  }
  if (invalid) return 'not the ARN of an IAM role or user';
  if (unproven === 'side') return 'not seen to be an ARN on one side of its condition';
  if (unproven) return 'not seen to be an ARN: it begins with what only a plan knows, and nothing in it is of one';
  if (account !== undefined && !isAccountId(account)) return 'the ARN of an account id without 12 digits';
  if (otherKind === 'sts') return 'the ARN of a session';
  if (otherKind === 'federated') return 'a federated principal';
  return otherKind === 'other-iam' ? 'neither a role nor a user' : undefined;
};

/**
 * That HYPERPOD_LINUX takes roles only is not said; the account is that of the cluster for every type but STANDARD.
 * Sources: EKS API reference, CreateAccessEntry; EKS user guide, creating-access-entries.
 */
const refusedByType = (
  { kind, otherKind, account }: Principal,
  type: string | undefined,
  runner: string | undefined,
): string | undefined => {
  if (type === undefined || type === 'STANDARD' || !isAccessEntryType(type)) return undefined;
  const onlyRoles = type !== 'HYPERPOD_LINUX';
  if (onlyRoles && otherKind === 'root') return `the root of an account, where the type ${type} takes roles only`;
  if (onlyRoles && kind === 'user') return `a user, where the type ${type} takes roles only`;
  const runnerAccount = runner === undefined ? undefined : parsePrincipalArn(runner)?.account;
  if (entryTypes[type].anyAccount || runnerAccount === undefined || account === undefined || account === runnerAccount)
    return undefined;
  return `of account ${account}, where the type ${type} takes principals of the cluster's account (${runnerAccount}) only`;
};

/**
 * aws-auth needs role ARNs without their path, an entry needs them with it. Roles of Identity Center always have one.
 * Sources: EKS user guide, creating-access-entries; terraform-aws-modules/eks issue 2969.
 */
export const rolePath: CheckRule = state =>
  principalsOf(entriesOf(state)).flatMap(({ field, module, name }) => {
    const principal = principalOf(field, module);
    if (!isPathless(principal) && !isStripped(principal, module)) return [];
    return [diagnose('TAE711', { entry: name, principal: principal.text }, field.range)];
  });

const isPathless = ({ kind, path, name }: Principal): boolean =>
  kind === 'role' && path === '/' && isSsoRoleName(name ?? '');

/** Its path is taken off, and it is known to have one. */
const isStripped = ({ whole, meaning }: Principal, module: RootModule): boolean =>
  whole !== undefined &&
  referencesOf(meaning.expression).some(reference => roleBlock(module, reference)?.path === 'some');

/**
 * A permission set that is assigned anew gets a role with another suffix. Source: IAM Identity Center user guide,
 * referencingpermissionsets.
 */
export const ssoSuffix: CheckRule = state =>
  principalsOf(entriesOf(state)).flatMap(({ field, module, name: entry }) => {
    const { name: role = '', path = '/' } = principalOf(field, module);
    return path === '/' || !isSsoRoleName(role) ? [] : [diagnose('TAE713', { entry, role }, field.range)];
  });

const home = 'aws-reserved/sso.amazonaws.com/';

/**
 * The path of an Identity Center role has its home region, whatever the region of the cluster; us-east-1 is left out.
 * Source: IAM Identity Center user guide, referencingpermissionsets; terraform-aws-modules/eks issue 2969.
 */
export const ssoRegion: CheckRule = state => [
  ...principalsOf(entriesOf(state)).flatMap(({ field, module, name }) =>
    misplacedRegion(module, meaningOf(field).expression, field.range, name),
  ),
  ...(clustersOf(state).length === 0 ? [] : blocksOf(state.source.module, 'data', 'aws_iam_roles')).flatMap(block => {
    const prefix = attribute(block.body, 'path_prefix');
    return prefix
      ? misplacedRegion(state.source.module, prefix.value, prefix.value.range, `data.${block.labels.join('.')}`)
      : [];
  }),
];

const misplacedRegion = (
  module: RootModule,
  expression: Expression,
  range: Range,
  what: string,
): readonly Diagnostic[] => {
  const value = evaluate(expression, module.scope);
  const parts = value.kind === 'string' ? value.parts : [];
  const region = regionIn(module, expression);
  const why = parts.some(part => part?.includes(`${home}us-east-1`))
    ? 'us-east-1 is in it: where Identity Center is at home there, the path has no region'
    : region && `its region is ${region}, which need not be the home region of Identity Center`;
  return why === undefined ? [] : [diagnose('TAE712', { what, why }, range)];
};

/** `data.aws_region.x` right behind the beginning of such a path, by its name or by that of a local; and whose it is. */
const regionIn = (module: RootModule, expression: Expression): string | undefined => {
  const [file] = module.files;
  let found: string | undefined;
  walk(expression, node => {
    if (node.kind !== 'template') return;
    for (const [index, part] of node.parts.entries()) {
      const before = node.parts[index - 1];
      if (part.kind !== 'interpolation' || before?.kind !== 'literal' || !before.text.endsWith(home)) continue;
      const [reference] = referencesOf(
        file ? resolve(module, { expression: part.value, file }).expression : part.value,
      );
      if (reference?.path[0] === 'data' && reference.path[1] === 'aws_region')
        found = `${addressOf(reference)}${selectsRegion(module, reference.path[2]) ? '' : ', that of the provider'}`;
    }
  });
  return found;
};

/** Source: hashicorp/aws, data source aws_region. Without any of these it is the region of the provider. */
const selectsRegion = (module: RootModule, label: string | undefined): boolean =>
  blocksOf(module, 'data', 'aws_region')
    .filter(({ labels }) => labels[1] === label)
    .some(({ body }) => ['region', 'name', 'endpoint'].some(name => attribute(body, name) !== undefined));
