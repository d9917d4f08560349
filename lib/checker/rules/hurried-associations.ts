import { diagnose, type Diagnostic } from '../../diagnostics/index.ts';
import { waitsForEntries } from '../../eks/index.ts';
import type { State } from '../../emitter/index.ts';
import { isCalled, readItems, type Cluster } from '../../parser/index.ts';
import { addressOf, reaches, type Reference } from '../../terraform/index.ts';
import { entriesOf, type CheckRule, type NamedEntry } from '../entries.ts';
import { outputsWait } from './waiting.ts';

/**
 * A policy needs the entry, and Terraform makes what has no reference between them at once. The provider tries for two minutes; ten that
 * do so leave none of the ten places in which Terraform works for the entries.
 * Sources: terraform-provider-aws, internal/service/eks/access_policy_association.go, and its issue 40951
 */
export const hurriedAssociations: CheckRule = state => {
  // One resource has many instances, all of which wait or none.
  const asked = new Map<string, boolean>();
  const isAfterEntry = (entry: NamedEntry, association: string): boolean => {
    const key = JSON.stringify([entry.cluster.address, entry.written.form, entry.written.key, association]);
    const known = asked.get(key) ?? waits(state, entry, association);
    asked.set(key, known);
    return known;
  };
  return entriesOf(state).flatMap(entry =>
    readItems(entry.written.associations).flatMap(({ key, range, resource }): readonly Diagnostic[] => {
      const way = wayToWait(entry);
      const address = `aws_eks_access_policy_association.${key}`;
      if (!resource || entry.written.presence === 'never' || !way || isAfterEntry(entry, address)) return [];
      const related = [{ message: 'the entry', range: entry.written.range }];
      return [diagnose('TAE284', { association: address, entry: entry.name, way }, range, related)];
    }),
  );
};

/** Undefined for an entry that another module hands on. */
const wayToWait = ({ cluster, written: { form, key, presence, resource } }: NamedEntry): string | undefined => {
  if (form === 'argument') {
    if (!isCalled(cluster) || cluster.wrapper !== undefined) return undefined;
    return outputsWait(cluster)
      ? `cluster_name = ${cluster.address}.cluster_name`
      : `depends_on = [${cluster.address}]`;
  }
  const address = `aws_eks_access_entry.${key}`;
  const isOne = presence === 'certain' && resource?.key === undefined;
  return isOne ? `principal_arn = ${address}.principal_arn` : `depends_on = [${address}]`;
};

/** Of a release that is not known an output is taken to wait. */
const isAfter = (cluster: Cluster, output: string | undefined): boolean =>
  output === undefined || (waitsForEntries(output) && (cluster.version.kind === 'unknown' || outputsWait(cluster)));

const waits = ({ source: { graph } }: State, { cluster, written }: NamedEntry, association: string): boolean => {
  const isEntry = (reference: Reference): boolean => {
    const [root, label, output] = reference.path;
    return written.form === 'argument'
      ? isCalled(cluster) && root === 'module' && label === cluster.label && isAfter(cluster, output)
      : addressOf(reference) === `aws_eks_access_entry.${written.key}`;
  };
  return reaches(graph, graph.get(association) ?? [], isEntry) !== undefined;
};
