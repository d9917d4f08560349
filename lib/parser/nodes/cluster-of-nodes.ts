import { attribute } from '../../hcl/index.ts';
import {
  addressOf,
  blocksOf,
  bodyReferences,
  callAddress,
  callSource,
  knownString,
  referencesOf,
  type PlacedBlock,
  type RootModule,
} from '../../terraform/index.ts';
import { meaningOf, type Field } from '../aws-auth/row.ts';
import { isMadeHere, type Cluster } from '../clusters/cluster.ts';
import { addressedResource, findModuleCalls, type Addressed } from '../clusters/module-call.ts';
import { fieldAt } from '../expressions/field.ts';
import { normalizeSource } from '../expressions/identity.ts';

/** Whether nodes are of a cluster. `unclear`: there are several, and nothing tells. */
export type ClusterOfNodes = 'this' | 'another' | 'unclear';

/**
 * The cluster of what a block makes nodes of: that which its cluster_name names, by a reference or by the name itself; else the one
 * that something in the block refers to; else the only one of the root module. A name that is known and is not that of the cluster
 * is of another one, in this root module or elsewhere.
 */
export const clusterOfNodes = (module: RootModule, cluster: Cluster, block: PlacedBlock): ClusterOfNodes => {
  const own = isMadeHere(cluster) ? cluster : undefined;
  const others = clusterBlocks(module).filter(({ address }) => address !== own?.address);
  const beside = own?.wrapper ? callsBeside(module, own) : [];
  const given = attribute(block.body, 'cluster_name');
  const name = given && lookedUp(module, fieldAt(module, { expression: given.value, file: block.in }));
  if (name) {
    const isThis = own && !own.wrapper ? isNamedBy(module, own, name) : isCalledSo(cluster, name);
    const isOther =
      others.some(other => isNamedBy(module, other, name) === true) || beside.some(other => refersTo(name, other));
    if (isThis === true) return isOther ? 'unclear' : 'this';
    if (isThis === false || isOther) return 'another';
  }
  const referred = bodyReferences(block.body).map(addressOf);
  const isReferred = own !== undefined && referred.includes(own.address);
  if (others.some(({ address }) => referred.includes(address))) return isReferred ? 'unclear' : 'another';
  if (!isReferred && beside.some(other => referred.includes(other))) return 'another';
  return others.length === 0 || isReferred ? 'this' : 'unclear';
};

/** The clusters that stand in the root module, whatever is read of them. */
const clusterBlocks = (module: RootModule): readonly Addressed[] => [
  ...findModuleCalls(module).filter(({ source }) => source.submodule === undefined),
  ...blocksOf(module, 'resource', 'aws_eks_cluster').map(addressedResource),
];

/** Other calls of the module that makes the cluster, each of which makes one. */
const callsBeside = (module: RootModule, { address, block }: Addressed): readonly string[] => {
  const source = callSource(module, block);
  return blocksOf(module, 'module')
    .filter(other => callSource(module, other) === source)
    .map(callAddress)
    .filter(other => other !== address);
};

/** A data source of a cluster has the name that it is asked for. */
const lookedUp = (module: RootModule, name: Field): Field => {
  const [kind, type = '', label] = referencesOf(meaningOf(name).expression)[0]?.path ?? [];
  if (kind !== 'data' || !/^aws_eks_cluster(?:_auth)?$/.test(type)) return name;
  const block = blocksOf(module, 'data', type).find(({ labels }) => labels[1] === label);
  const asked = block && attribute(block.body, 'name');
  return block && asked ? fieldAt(module, { expression: asked.value, file: block.in }) : name;
};

/** Undefined where it may be. */
const isNamedBy = (module: RootModule, { address, block }: Addressed, name: Field): boolean | undefined => {
  if (refersTo(name, address)) return true;
  const given = ['cluster_name', 'name'].flatMap(argument => attribute(block.body, argument) ?? [])[0];
  const own = given && fieldAt(module, { expression: given.value, file: block.in });
  const [left, right] = [own, name].map(field => field && normalizeSource(meaningOf(field).source));
  return left === right ? true : isName(own && knownString(own.value), name);
};

/** By what is known of the cluster. The arguments of a module that makes it may mean anything. */
const isCalledSo = (cluster: Cluster, name: Field): boolean | undefined =>
  refersTo(name, cluster.address) || isName(cluster.name, name);

const refersTo = (name: Field, address: string): boolean =>
  referencesOf(meaningOf(name).expression).some(reference => addressOf(reference) === address);

const isName = (known: string | undefined, name: Field): boolean | undefined => {
  const written = knownString(name.value);
  return known === undefined || written === undefined ? undefined : known === written;
};
