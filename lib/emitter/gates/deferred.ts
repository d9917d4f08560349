import { attribute } from '../../hcl/index.ts';
import {
  addressOf,
  blockAddress,
  blocksOf,
  bodyReferences,
  reaches,
  referencesOf,
  type Reference,
} from '../../terraform/index.ts';
import { isCalled, type CalledCluster, type ResourceCluster } from '../../parser/index.ts';
import { clustersHere } from '../involved.ts';
import type { PhaseRunbook, State } from '../phase.ts';

/** What of a cluster the phase changes: the cluster itself, or entries that its module makes. */
type Change = 'cluster' | 'entries';

/** Providers that talk to a cluster while they plan. */
const clients = new Set(['kubernetes', 'kubectl', 'helm']);

/**
 * A data source is read in the apply where the plan changes a resource that it names, or anything that its `depends_on` reaches. A
 * provider that is configured from it has no host until then, and what it refreshes ends the plan. Through an output of a module it is
 * read in the plan. Source: developer.hashicorp.com/terraform/language/data-sources, and a run on each engine of the suite.
 */
export const planWithoutHost = (state: State, changed: Change): Pick<PhaseRunbook, 'liveGates' | 'planFlags'> => {
  const found = clustersHere(state)
    .filter(({ mode }) => changed === 'entries' || mode.kind !== 'by-cli')
    .flatMap(cluster => {
      const late = lateReads(state, cluster, changed);
      const providers = providersFrom(state, late);
      const [data] = late;
      return data === undefined || providers.length === 0 ? [] : [{ cluster, data, providers }];
    });
  if (found.length === 0) return { liveGates: [] };
  return {
    planFlags: ' -refresh=false',
    liveGates: found.map(({ cluster, data, providers }) => ({
      what: `The plan of this phase leaves the refresh out. ${providers.join(', ')} takes the host or the token from ${data}, which Terraform reads in the apply where the plan changes ${cluster.address}: until then it asks localhost, and a refresh of what it manages fails. For good, take them from ${endpointOf(cluster)} and an exec block with aws eks get-token, and leave the data source out`,
      expect: 'whoever runs the plan by another command adds -refresh=false to it',
    })),
  };
};

const lateReads = (
  { source: { module, graph } }: State,
  { address, kind }: CalledCluster | ResourceCluster,
  changed: Change,
): readonly string[] =>
  ['aws_eks_cluster', 'aws_eks_cluster_auth']
    .flatMap(type => blocksOf(module, 'data', type))
    .filter(({ body }) => {
      const waits = attribute(body, 'depends_on')?.value;
      const isIt = isOneOf([address]);
      if (waits && reaches(graph, referencesOf(waits), isIt)) return changed === 'cluster' || kind === 'module';
      return changed === 'cluster' && kind === 'resource' && bodyReferences(body).some(isIt);
    })
    .flatMap(({ type, labels }) => blockAddress(type, labels) ?? []);

const isOneOf =
  (addresses: readonly string[]) =>
  (reference: Reference): boolean =>
    addresses.includes(addressOf(reference));

const providersFrom = ({ source: { module, graph } }: State, late: readonly string[]): readonly string[] =>
  blocksOf(module, 'provider')
    .filter(
      ({ labels, body }) =>
        clients.has(labels[0] ?? '') && reaches(graph, bodyReferences(body), isOneOf(late)) !== undefined,
    )
    .map(({ labels }) => `provider "${labels[0]}"`);

const endpointOf = (cluster: CalledCluster | ResourceCluster): string =>
  `${cluster.address}.${isCalled(cluster) ? 'cluster_endpoint' : 'endpoint'}`;
