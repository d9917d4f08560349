import { markdownCode } from '../../escape/markdown.ts';
import { phaseNumber } from '../../diagnostics/index.ts';
import { shellQuote } from '../../escape/shell.ts';
import {
  instancesOf,
  isCalled,
  isInForce,
  isInSource,
  nameOfInstance,
  prefixOfInstance,
  type Cluster,
  type Mapping,
} from '../../parser/index.ts';
import type { AccessEntry } from '../../transformer/index.ts';
import { writerOf } from '../aws-auth/writers.ts';
import { inRoots, type Placed } from '../callers/starts.ts';
import { valuesFlag } from '../per-environment/ways.ts';
import type { PhaseRunbook, State } from '../phase.ts';
import { engineOf } from './engine.ts';
import { clustersOrOne } from './named-clusters.ts';

type Back = Pick<PhaseRunbook, 'back' | 'stateBack'>;

/**
 * Phase 2: an entry that is destroyed gives its row back. One that was there before and was imported is to be forgotten instead,
 * with its associations: without them it would override its row with nothing.
 * A `removed` block has no key of an instance, and the module still declares the others, so it serves standalone resources alone.
 * Source: hashicorp/terraform, internal/configs/removed.go; opentofu/opentofu, internal/configs/removed.go (1.7 to 1.9: no lifecycle).
 */
export const entriesBack = (state: State): Back => {
  const engine = engineOf(state);
  const placed = state.transformed.flatMap(({ cluster, entries }) =>
    entries.flatMap(entry => {
      const association = 'aws_eks_access_policy_association';
      return [
        ...placesOf(state, cluster, entry, 'aws_eks_access_entry'),
        ...entry.policies.flatMap(({ key }) => placesOf(state, cluster, entry, association, `_${key}`)),
      ];
    }),
  );
  const [first] = placed;
  return {
    back: [
      'The source of phase 1, applied again, destroys the entries: each gives its row back.',
      ...(first === undefined
        ? []
        : [
            `An entry from before this phase has to stay: first take it out of the state by its lines of \`gates ${phaseNumber('add-access-entries')} --back\`.`,
          ]),
    ],
    ...(first === undefined
      ? {}
      : {
          stateBack: inRoots(state, placed, addresses =>
            addresses.map(address => `${engine} state rm ${shellQuote(address)}`),
          ),
        }),
  };
};

/** Where an entry or an association of it is: in the call that makes the cluster, once for each instance of that, or beside it. */
const placesOf = (
  { source: { module } }: State,
  cluster: Cluster | undefined,
  { form, key, label }: Pick<AccessEntry, 'form' | 'key' | 'label'>,
  type: string,
  suffix = '',
): readonly Placed[] => {
  const of = cluster && isCalled(cluster) && cluster.wrapper ? { of: cluster } : {};
  if (form === 'resource' || !cluster || !isInSource(cluster))
    return [{ address: `${type}.${label}${suffix}`, ...of, beside: true }];
  const inside = `${type}.this["${key}${suffix}"]`;
  if (cluster.wrapper) return [{ address: `${cluster.wrapper.call}.${inside}`, ...of }];
  return instancesOf(module, cluster).map(one => ({ address: `${prefixOfInstance(cluster, one)}${inside}` }));
};

/** Phase 3: Terraform writes the rows back, or kubectl does, where Terraform cannot read the cluster any more. */
export const awsAuthBack = (state: State, called: boolean): Back => {
  const { source } = state;
  const engine = engineOf(state);
  const copies = clustersOrOne(state).map(({ kubectl, backup }) => `${kubectl} apply -f ${backup}`);
  const placed = source.mappings
    .filter(mapping => isInForce(mapping) !== false)
    .flatMap(mapping =>
      writerOf(mapping)
        .addresses(mapping)
        .flatMap(address => instancesAt(state, mapping, address)),
    );
  return {
    back: [
      ...(called ? ['The source of phase 2, applied again, writes its rows.'] : []),
      `${called ? 'Rows that only the cluster had' : 'The rows'}: ${copies.map(markdownCode).join(', ')}.`,
      ...(called && placed.length > 0
        ? [
            `Where no plan ends, as the runner cannot read the cluster: \`gates ${phaseNumber('remove-aws-auth')} --back\` prints what comes first.`,
          ]
        : []),
    ],
    ...(called && placed.length > 0
      ? {
          stateBack: inRoots(state, placed, addresses => [
            ...addresses.map(address => `${engine} state rm ${shellQuote(address)}`),
            ...copies,
            ...addresses.flatMap(address => {
              const id = importId(address);
              return id === undefined ? [] : [`${engine} import${valuesFlag(state)} ${shellQuote(address)} ${id}`];
            }),
          ]),
        }
      : {}),
  };
};

/**
 * By which id the object that kubectl has brought back is imported; undefined where the provider takes over what is there.
 * Sources: the pages of these resources, registry.terraform.io/providers/hashicorp/kubernetes.
 */
const importId = (address: string): string | undefined => {
  if (/(^|\.)kubernetes_config_map(_v1)?\./.test(address)) return 'kube-system/aws-auth';
  return /(^|\.)kubernetes_manifest\./.test(address)
    ? 'apiVersion=v1,kind=ConfigMap,namespace=kube-system,name=aws-auth'
    : undefined;
};

/** An address of a call that stands several times, once for each instance. */
const instancesAt = ({ source: { module } }: State, mapping: Mapping, address: string): readonly Placed[] => {
  const name = nameOfInstance(mapping, mapping.repetition);
  if (mapping.repetition.kind !== 'many' || !address.startsWith(name)) return [{ address }];
  return instancesOf(module, mapping).map(one => ({ address: `${one}${address.slice(name.length)}` }));
};
