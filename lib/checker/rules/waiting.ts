import { diagnose, type Diagnostic } from '../../diagnostics/index.ts';
import { waitsForEntries } from '../../eks/index.ts';
import type { State } from '../../emitter/index.ts';
import { attribute, type Attribute } from '../../hcl/index.ts';
import { placeOf, type Cluster, type Source } from '../../parser/index.ts';
import {
  addressOf,
  blocksOf,
  compareVersions,
  referencesOf,
  type Reference,
  type RootModule,
} from '../../terraform/index.ts';
import { entriesOf, entriesOfCluster, principalsOf, type CheckRule, type NamedEntry } from '../entries.ts';

/** Outputs wait for the entries since then. Source: https://github.com/terraform-aws-modules/terraform-aws-eks/pull/3000 */
const since = '20.8.5';

export const outputsWait = ({ version }: Cluster): boolean =>
  version.kind !== 'unknown' && compareVersions(version.version, since) >= 0;

/**
 * What an entry reads is there before the module's entries, so it cannot be an output that waits for them.
 * Source: github.com/terraform-aws-modules/terraform-aws-eks/pull/3000.
 */
export const cycles: CheckRule = state =>
  state.source.clusters.filter(outputsWait).flatMap(cluster =>
    entriesOfCluster(state, cluster)
      .filter(({ written }) => written.form === 'argument')
      .flatMap(entry => ofEntry(state, cluster, entry)),
  );

const ofEntry = (state: State, cluster: Cluster, { written, name }: NamedEntry): readonly Diagnostic[] => {
  for (const { piece } of written.object.fields.values()) {
    const references = referencesOf(piece.expression);
    for (const reference of references) {
      const found = wayToWaiting(state.source, cluster, [reference]);
      if (!found) continue;
      const [via, output] = [addressOf(reference), found.path.slice(0, 3).join('.')];
      const direct = reference.path[0] === 'module' && reference.path[1] === cluster.label;
      return [diagnose('TAE723', { entry: name, via: direct ? output : via, output }, placeOf(piece))];
    }
  }
  return [];
};

/** Outputs of the karpenter submodule that read the cluster's name, through the name of the role. Source: its main.tf, version 20 and 21. */
const karpenterOutputs = ['node_iam_role_arn', 'node_iam_role_name', 'node_iam_role_unique_id'];

/**
 * The reference, at any distance, to an output of the cluster's module that waits for its entries. Only what the source shows is
 * followed: locals, resources, data sources, and the node role of Karpenter. An output of another module may or may not depend on
 * an argument.
 */
const wayToWaiting = (source: Source, cluster: Cluster, start: readonly Reference[]): Reference | undefined => {
  const seen = new Set<string>();
  const queue = [...start];
  for (let reference = queue.shift(); reference; reference = queue.shift()) {
    const { path } = reference;
    if (path[0] === 'module' && path[1] === cluster.label) {
      if (waitsForEntries(path[2])) return reference;
      continue;
    }
    const address = path[0] === 'module' ? path.slice(0, 3).join('.') : addressOf(reference);
    if (seen.has(address)) continue;
    seen.add(address);
    queue.push(...(path[0] === 'module' ? behindModule(source, reference) : (source.graph.get(address) ?? [])));
  }
  return undefined;
};

const behindModule = ({ calls }: Source, { path: [, label, output = ''] }: Reference): readonly Reference[] => {
  const call = calls.find(candidate => candidate.label === label);
  if (call?.source.submodule !== 'modules/karpenter' || !karpenterOutputs.includes(output)) return [];
  const name = attribute(call.block.body, 'cluster_name');
  return name ? referencesOf(name.value) : [];
};

/**
 * A data source that reads a resource, or with `depends_on`, or in a module with one, is read during the apply when something of
 * that changes. Sources: developer.hashicorp.com/terraform/language/data-sources; terraform-aws-modules/eks issue 3293.
 */
export const deferredPrincipals: CheckRule = state => [...byModule(state), ...byDataSource(state)];

/** Data sources have no changes that others wait for. Source: hashicorp/terraform, internal/terraform/node_resource_abstract_instance.go */
const waitedFor = ({ value }: Attribute): Reference | undefined =>
  referencesOf(value).find(({ path }) => path[0] !== 'data');

/** The creator flag reads `data.aws_iam_session_context` inside the module. */
const byModule = ({ source }: State): readonly Diagnostic[] =>
  source.clusters
    .filter(({ creatorAdmin }) => creatorAdmin === 'on')
    .flatMap(({ address, block }) => {
      const depends = attribute(block.body, 'depends_on');
      const first = depends && waitedFor(depends);
      if (!depends || !first) return [];
      const what = `enable_cluster_creator_admin_permissions of ${address}`;
      const data = 'a data source inside the module';
      return [diagnose('TAE724', { what, data, waits: addressOf(first) }, depends.range)];
    });

const byDataSource = (state: State): readonly Diagnostic[] =>
  principalsOf(entriesOf(state)).flatMap(({ field, name: what }) => {
    const found = deferredData(state, referencesOf(field.expression));
    return found ? [diagnose('TAE724', { what, ...found }, field.range)] : [];
  });

/**
 * Through locals and data sources alone. An attribute of a resource that exists is known, also in a local. Where a data source itself
 * reads one, whatever changes of the resource puts the reading off (run on Terraform 1.11.4).
 */
const deferredData = (
  { source: { module, graph } }: State,
  start: readonly Reference[],
): { readonly data: string; readonly waits: string } | undefined => {
  const seen = new Set<string>();
  const queue = [...start];
  for (let reference = queue.shift(); reference; reference = queue.shift()) {
    const address = addressOf(reference);
    if (seen.has(address) || !['local', 'data'].includes(reference.path[0] ?? '')) continue;
    seen.add(address);
    const block = blocksOf(module, 'data').find(({ labels }) => `data.${labels.join('.')}` === address);
    const depends = block && attribute(block.body, 'depends_on');
    const first = depends && waitedFor(depends);
    const next = graph.get(address) ?? [];
    const waits = first ?? (block && next.find(read => isResource(module, read)));
    if (waits) return { data: address, waits: addressOf(waits) };
    queue.push(...next);
  }
  return undefined;
};

const isResource = (module: RootModule, reference: Reference): boolean =>
  blocksOf(module, 'resource').some(({ labels }) => labels.join('.') === addressOf(reference));
