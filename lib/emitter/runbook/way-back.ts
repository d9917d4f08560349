import { markdownCode } from '../../escape/markdown.ts';
import { phaseNumber } from '../../diagnostics/index.ts';
import { shellQuote } from '../../escape/shell.ts';
import { isInForce, nameOfInstance, prefixOfInstance, type Cluster } from '../../parser/index.ts';
import { writerOf } from '../aws-auth/writers.ts';
import { inCalls } from '../callers/calls.ts';
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
  const addresses = state.transformed.flatMap(({ cluster, entries }) =>
    entries.flatMap(({ form, key, label, policies }) => {
      const place = (type: string, suffix = ''): string =>
        form === 'resource' || !cluster
          ? `${type}.${label}${suffix}`
          : `${placeIn(cluster)}${type}.this["${key}${suffix}"]`;
      const association = 'aws_eks_access_policy_association';
      return [place('aws_eks_access_entry'), ...policies.map(policy => place(association, `_${policy.key}`))];
    }),
  );
  const [first] = addresses;
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
      : { stateBack: addresses.map(address => `${engine} state rm ${shellQuote(address)}`) }),
  };
};

const placeIn = (cluster: Cluster): string => {
  const instance = prefixOfInstance(cluster, nameOfInstance(cluster, cluster.repetition));
  return cluster.wrapper ? `${instance}${cluster.wrapper.call}.` : instance;
};

/** Phase 3: Terraform writes the rows back, or kubectl does, where Terraform cannot read the cluster any more. */
export const awsAuthBack = (state: State, called: boolean): Back => {
  const { source } = state;
  const engine = engineOf(state);
  const copies = clustersOrOne(state).map(({ kubectl, backup }) => `${kubectl} apply -f ${backup}`);
  const addresses = source.mappings
    .filter(mapping => isInForce(mapping) !== false)
    .flatMap(mapping => writerOf(mapping).addresses(mapping))
    .flatMap(address => inCalls(state, address));
  return {
    back: [
      ...(called ? ['The source of phase 2, applied again, writes its rows.'] : []),
      `${called ? 'Rows that only the cluster had' : 'The rows'}: ${copies.map(markdownCode).join(', ')}.`,
      ...(called && addresses.length > 0
        ? [
            `Where no plan ends, since the runner cannot read the cluster: \`gates ${phaseNumber('remove-aws-auth')} --back\` prints what comes first.`,
          ]
        : []),
    ],
    ...(called && addresses.length > 0
      ? {
          stateBack: [
            ...addresses.map(address => `${engine} state rm ${shellQuote(address)}`),
            ...copies,
            ...addresses
              .filter(address => /(^|\.)kubernetes_config_map\./.test(address))
              .map(address => `${engine} import${valuesFlag(state)} ${shellQuote(address)} kube-system/aws-auth`),
          ],
        }
      : {}),
  };
};
