import { diagnose, type Diagnostic } from '../../../diagnostics/index.ts';
import { hasInput } from '../../../eks/module-interface.ts';
import { entryFlag, selfManagedGroups } from '../../../eks/node-group-forms.ts';
import { attributesOf } from '../../../hcl/index.ts';
import {
  awsAuthArguments,
  fieldOfGroup,
  groupsInCall,
  metaArguments,
  positionOf,
  providerPartition,
  type Row,
} from '../../../parser/index.ts';
import { parsePrincipalArn } from '../../../eks/index.ts';
import type { SplitPlan } from './plan.ts';
import { splits, type Split } from '../../splits.ts';
import { constraintsAgainst, isBefore, isOverride, knownString, type Value } from '../../../terraform/index.ts';
import type { State } from '../../phase.ts';
import type { Refused } from '../../upgrade/change.ts';
import type { Newest } from '../../upgrade/newest-release.ts';

/** What stands against phase 0, which takes aws-auth out of the eks call. */
export const refusals = (state: State, plan: SplitPlan): readonly Diagnostic[] => {
  const all = splits(state);
  if (all.length === 0) return [];
  const old = all.filter(({ cluster }) => isBefore(cluster.version, '19.0.0'));
  if (old.length > 0) return old.flatMap(tooOld);
  const { newest, refused, findings } = plan;
  if (newest.kind === 'none') return all.map(({ cluster }) => unfit(cluster.address, newest));
  const { version, awsAuthKubernetes } = newest.release;
  return [
    ...all.flatMap(({ cluster: { call } }) => kubernetesPin(state, call.address, awsAuthKubernetes)),
    ...refused.map(one => refusal(one, version)),
    ...findings,
    ...all.flatMap(one => [...partitions(state, one), ...groups(state, one), ...rowTypes(one)]),
  ];
};

/** Node groups, subnets, encryption and cluster_id changed their meaning. Source: docs/UPGRADE-18.0.md and UPGRADE-19.0.md of the module. */
const tooOld = ({ cluster: { call, version }, mapping }: Split): readonly Diagnostic[] => {
  if (version.kind === 'unknown') return [];
  const moved = new Set(awsAuthArguments(mapping.form));
  const refused = attributesOf(call.block.body).filter(
    ({ name }) => !moved.has(name) && !metaArguments.has(name) && hasInput('20.37.2', undefined, name) === false,
  );
  const names = refused.map(({ name }) => name).join(', ');
  const obstacles = names === '' ? 'what its arguments mean has changed' : `it does not know ${names}`;
  const at = refused[0]?.nameRange ?? call.constraint?.range ?? call.block.headerRange;
  const { isUnit = false } = call.block;
  return [diagnose('TAE203', { call: call.address, version: version.version, obstacles, isUnit }, at)];
};

const unfit = (call: string, { by, constraint, needs, range }: Newest & { readonly kind: 'none' }): Diagnostic => {
  const subject = by === 'aws' ? 'the provider hashicorp/aws' : 'Terraform (required_version)';
  return diagnose('TAE250', { call, subject, constraint: `"${constraint}"`, needs }, range);
};

/** The submodule wants a newer kubernetes provider than version 19. Source: modules/aws-auth/versions.tf of version 20. */
const kubernetesPin = (
  { source: { module } }: State,
  call: string,
  demand: string | undefined,
): readonly Diagnostic[] => {
  if (demand === undefined) return [];
  const subject = 'the provider hashicorp/kubernetes';
  return constraintsAgainst(module, 'kubernetes', demand).map(({ text, range }) =>
    diagnose('TAE250', { call, subject, constraint: `"${text}"`, needs: demand }, range),
  );
};

const refusal = ({ call, kind, name, advice = '', range, file }: Refused, version: string): Diagnostic => {
  const at = range ?? (file === undefined ? undefined : { file, start: 0, end: 0 });
  const args = { call: call.address, version, advice };
  const { isUnit = false } = call.block;
  if (kind === 'argument' || kind === 'submodule') return diagnose('TAE252', { ...args, argument: name, isUnit }, at);
  const elsewhere = kind === 'json' || (at !== undefined && isOverride(at.file));
  const place = elsewhere ? ' Files in JSON syntax and override files are not edited: move what reads it first.' : '';
  const words = advice === '' ? 'Read the outputs one by one, and run again.' : `${advice}${place}`;
  return diagnose('TAE253', { call: call.address, version, name, whole: kind === 'whole', advice: words }, at);
};

/**
 * From 20.8.0 on the policy attachments of nodes have other addresses, and the module's own moved blocks know the partition aws alone.
 * Source: modules/eks-managed-node-group/migrations.tf of terraform-aws-modules/eks 20.37.2.
 */
const partitions = ({ source: { module } }: State, { cluster, mapping }: Split): readonly Diagnostic[] => {
  const written = mapping.rows.map(
    ({ principal }) => parsePrincipalArn(knownString(principal?.value) ?? '')?.partition,
  );
  const partition =
    providerPartition(module, cluster)?.partition ?? written.find(known => known !== undefined) ?? 'aws';
  const { call } = cluster;
  return partition === 'aws'
    ? []
    : [diagnose('TAE261', { call: call.address, partition }, call.constraint?.range ?? call.block.headerRange)];
};

/** Self-managed groups of which the source does not tell what their rows and entries are. */
const groups = ({ source: { module } }: State, { cluster: { call }, mapping }: Split): readonly Diagnostic[] => {
  const found = groupsInCall(module, call, selfManagedGroups);
  // A platform that is an expression is TAE256. Else nothing about a group has to be told here but whether it has a role.
  const isTold = found?.every(({ written }) => fieldOfGroup(written, 'platform') !== 'unclear');
  const hidden = mapping.added.find(
    ({ kind, argument, principalAt }) =>
      kind === 'list' && argument === selfManagedGroups.argument && principalAt === undefined,
  );
  if (hidden && !isTold) return [diagnose('TAE254', { call: call.address }, hidden.at)];
  return (found ?? []).flatMap(({ key = 'A group', written, made, makesRole, range }) => {
    if (made === false || makesRole) return [];
    const isSettled = ['iam_role_arn', entryFlag].some(name => fieldOfGroup(written, name) !== undefined);
    return isSettled ? [] : [diagnose('TAE255', { call: call.address, group: key }, range)];
  });
};

/** `aws_auth_roles` is a list(any): its items are of one type. Source: modules/aws-auth/variables.tf of version 20. */
const rowTypes = ({ mapping: { rows, added } }: Split): readonly Diagnostic[] =>
  added.length === 0
    ? []
    : rows
        .filter(({ list, keys }) => list === 'roles' && keys !== undefined)
        .flatMap(row => {
          const keys = row.keys ?? [];
          const lacks = rowKeys.filter(key => !keys.includes(key));
          const more = keys.filter(key => !rowKeys.includes(key));
          const parts = [
            ...(lacks.length === 0 ? [] : [`lacks ${lacks.join(' and ')}`]),
            ...(more.length === 0 ? [] : [`has ${more.join(', ')}`]),
            ...valueProblems(row),
          ];
          if (parts.length === 0) return [];
          const name = row.principal?.source ?? positionOf(row);
          return [diagnose('TAE257', { row: name, problem: parts.join(' and ') }, row.origin)];
        });

const rowKeys = ['rolearn', 'username', 'groups'];

const mayBeString = ({ kind }: Value): boolean => kind === 'string' || kind === 'unknown';

/** A null, and values of another type than those of nodes. Terraform refuses the list, or makes strings of numbers, which are groups then. */
const valueProblems = ({ keys = [], username, groups: given }: Row): readonly string[] => {
  const has = (key: string): boolean => keys.includes(key);
  const isName = has('username') && username !== undefined && mayBeString(username.value);
  const list = given?.value;
  const isList = list?.kind === 'unknown' || (list?.kind === 'list' && list.items.every(mayBeString));
  return [
    ...(has('username') && !isName ? ['has a username that is no string'] : []),
    ...(has('groups') && !isList ? ['has groups that are no list of strings'] : []),
  ];
};
