import { diagnose, type Diagnostic } from '../../diagnostics/index.ts';
import { attribute } from '../../hcl/index.ts';
import { addressOf, blocksOf, referencesOf, type Reference } from '../../terraform/index.ts';
import type { State } from '../../emitter/index.ts';
import { entriesOf } from '../entries.ts';
import type { CheckRule } from '../rule.ts';

/**
 * A data source with `depends_on`, of its own or of the module it is in, is read during the apply when something of that changes.
 * Sources: developer.hashicorp.com/terraform/language/data-sources; terraform-aws-modules/eks issue 3293.
 */
export const deferredPrincipals: CheckRule = state => [...byModule(state), ...byDataSource(state)];

/** The creator flag reads `data.aws_iam_session_context` inside the module. */
const byModule = ({ source }: State): readonly Diagnostic[] =>
  source.clusters
    .filter(({ creatorAdmin }) => creatorAdmin === 'on')
    .flatMap(({ address, block }) => {
      const depends = attribute(block.body, 'depends_on');
      const [first] = depends ? referencesOf(depends.value) : [];
      if (!depends || !first) return [];
      const what = `enable_cluster_creator_admin_permissions of ${address}`;
      const data = 'a data source inside the module';
      return [diagnose('TAE724', { what, data, waits: addressOf(first) }, depends.range)];
    });

const byDataSource = (state: State): readonly Diagnostic[] =>
  entriesOf(state).flatMap(entry => {
    const field = entry.written.principal;
    const found = field && deferredData(state, referencesOf(field.expression));
    if (!field || !found) return [];
    return [diagnose('TAE724', { what: entry.name, ...found }, field.range)];
  });

/** Through locals and data sources alone: an attribute of a resource that exists is known. */
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
    const [first] = depends ? referencesOf(depends.value) : [];
    if (first) return { data: address, waits: addressOf(first) };
    queue.push(...(graph.get(address) ?? []));
  }
  return undefined;
};
