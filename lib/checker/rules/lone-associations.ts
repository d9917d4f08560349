import { diagnose, type Range } from '../../diagnostics/index.ts';
import { parsePrincipalArn, principalKey } from '../../eks/index.ts';
import type { State } from '../../emitter/index.ts';
import { attribute } from '../../hcl/index.ts';
import {
  fieldAt,
  findModuleCalls,
  isMadeHere,
  meaningOf,
  nodeOwnerOf,
  normalizeSource,
  type Cluster,
  type Field,
} from '../../parser/index.ts';
import {
  addressOf,
  bodyReferences,
  knownString,
  plainBlocksOf,
  reaches,
  referencesOf,
  type Graph,
  type Reference,
  type RootModule,
} from '../../terraform/index.ts';
import { clustersMadeHere, clustersOf, entriesOf, type CheckRule } from '../entries.ts';

/**
 * EKS refuses a policy for a principal without an entry. It is looked for where all entries of the root module can be read. Where it has
 * none, the association is to be of a cluster that is made here. The entry of the creator is made by EKS, and nothing tells who that is.
 * Source: https://docs.aws.amazon.com/eks/latest/APIReference/API_AssociateAccessPolicy.html
 */
export const loneAssociations: CheckRule = state => {
  const { module } = state.source;
  const clusters = [...new Set([...clustersOf(state), ...clustersMadeHere(state)])];
  const isTold = clusters.every(({ existing: { unread, planned } }) => unread.length + planned.length === 0);
  if (!isTold) return [];
  const locals = new Map([...state.source.graph].filter(([address]) => address.startsWith('local.')));
  const asked: Asked = { state, locals, clusters, places: placesOfRoles(module) };
  const known = entriesOf(state).map(({ written: { principal } }) => principal && nameOf(principal));
  return plainBlocksOf(module, 'resource', 'aws_eks_access_policy_association').flatMap(
    ({ body, labels, in: file }) => {
      const [given, clusterName] = ['principal_arn', 'cluster_name'].map(name => {
        const found = attribute(body, name);
        return found && fieldAt(module, { expression: found.value, file });
      });
      const name = given && nameOf(given);
      if (!given || !name || known.some(other => maySame(name, other))) return [];
      if (clustersOf(state).length === 0 && !clusters.some(cluster => isNamed(asked, cluster, clusterName))) return [];
      if (hasEntryByOthers(asked, given, name)) return [];
      return [diagnose('TAE753', { resource: labels.join('.'), principal: name.text }, given.range)];
    },
  );
};

/** What is asked of each association. `locals`: what they refer to. */
type Asked = {
  readonly state: State;
  readonly locals: Graph;
  readonly clusters: readonly Cluster[];
  readonly places: readonly Place[];
};

/** A principal that can be told from others: by its ARN, or as the role or user that a resource here makes. */
type Name = { readonly kind: 'arn' | 'resource'; readonly key: string; readonly text: string };

const nameOf = (principal: Field): Name | undefined => {
  const arn = knownString(principal.value);
  if (arn !== undefined) {
    return parsePrincipalArn(arn) ? { kind: 'arn', key: principalKey(arn), text: arn } : undefined;
  }
  const text = normalizeSource(meaningOf(principal).source);
  const key = /^(aws_iam_(?:role|user)\.[\w-]+)\.arn$/.exec(text)?.[1];
  return key === undefined ? undefined : { kind: 'resource', key, text };
};

/** An ARN may be that of a role which is made here. */
const maySame = (name: Name, other: Name | undefined): boolean => other?.kind !== name.kind || other.key === name.key;

const isNamed = ({ state, locals }: Asked, cluster: Cluster, given: Field | undefined): boolean => {
  const { module } = state.source;
  if (!given) return false;
  const known = knownString(given.value);
  if (known !== undefined) return known === cluster.name;
  const own = isMadeHere(cluster) ? attribute(cluster.block.body, 'name') : undefined;
  const isSame =
    own &&
    isMadeHere(cluster) &&
    textOfName(fieldAt(module, { expression: own.value, file: cluster.block.in })) === textOfName(given);
  const isCluster = (one: Reference): boolean => addressOf(one) === cluster.address;
  return isSame === true || reaches(locals, referencesOf(meaningOf(given).expression), isCluster) !== undefined;
};

const textOfName = (name: Field): string => normalizeSource(meaningOf(name).source);

/**
 * EKS or the eks module makes the entry of nodes, and EKS that of the role of a cluster or of a capability. What another module makes for
 * a role that it is handed is not known here.
 * Sources: EKS user guide, migrating-access-entries, cluster-auth, capabilities
 */
const hasEntryByOthers = ({ state, locals, clusters, places }: Asked, principal: Field, name: Name): boolean => {
  const { module, installed } = state.source;
  const owners = clusters.map(cluster => nodeOwnerOf(module, cluster, principal, installed).kind);
  if (owners.some(kind => kind !== 'none' && kind !== 'declined')) return true;
  return places.some(({ text, references }) =>
    name.kind === 'arn'
      ? text.includes(name.text)
      : reaches(locals, references, one => addressOf(one) === name.key) !== undefined,
  );
};

type Place = { readonly text: string; readonly references: readonly Reference[] };

const placesOfRoles = (module: RootModule): readonly Place[] => {
  const ofEks = new Set(findModuleCalls(module).map(({ block }) => block));
  return module.blocks.flatMap(block => {
    const { type, labels, body, in: file } = block;
    const place = (range: Range, references: readonly Reference[]): Place => {
      return { text: file.text.slice(range.start, range.end), references };
    };
    const isHolder = type === 'resource' && roleHolders.has(labels[0] ?? '');
    if (isHolder || (type === 'module' && !ofEks.has(block))) return [place(block.range, bodyReferences(body))];
    if (type !== 'module') return [];
    const given = roleArguments.flatMap(argument => attribute(body, argument) ?? []);
    return given.map(({ range, value }) => place(range, referencesOf(value)));
  });
};

const roleHolders: ReadonlySet<string> = new Set(['aws_eks_cluster', 'aws_eks_capability']);

/** Of the eks module; those of its node groups are read as such. */
const roleArguments = ['iam_role_arn', 'compute_config', 'cluster_compute_config'];
