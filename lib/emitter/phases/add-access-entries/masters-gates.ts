import { diagnose, firstOf, type Diagnostic } from '../../../diagnostics/index.ts';
import { leavesMasters } from '../../../transformer/index.ts';
import { clustersOrOne } from '../../runbook/named-clusters.ts';
import type { LiveGate, State } from '../../phase.ts';
import { hasPlannedEntries } from './planned-runbook.ts';

/**
 * The resources whose objects `verify-access --rbac` looks at, as `kubectl api-resources` names them: bindings, and what decides by the
 * groups of a request. A cluster that has no Kyverno does not know its resources, and kubectl refuses a list with one of them.
 */
export const mastersResources = [
  String.raw`^(cluster)?rolebindings\.rbac\.`,
  String.raw`^(validating|mutating)(admissionpolicies|webhookconfigurations)\.admissionregistration\.`,
  String.raw`^flowschemas\.`,
  String.raw`polic[a-z]*\.(policies\.)?kyverno\.io$`,
  String.raw`\.(templates|constraints)\.gatekeeper\.sh$`,
].join('|');

/** Of a List: the kind, the namespace and the name of what names the group, but for the bindings, which the policy answers. */
export const mastersFilter = String.raw`.items[] | select((.kind | endswith("RoleBinding") | not) and (del(.metadata, .status) | tostring | contains("system:masters"))) | [.kind, .metadata.namespace, .metadata.name] | map(values) | join(" ")`;

/**
 * The policy takes the place of system:masters, and the group is gone: what looks for it finds nobody any more. Only the cluster tells
 * what does. Source: https://kubernetes.io/docs/concepts/cluster-administration/flow-control/ (the FlowSchema exempt)
 */
export const mastersGates = (state: State): readonly LiveGate[] => {
  if (!hasPlannedEntries(state) && leavers(state).length === 0) return [];
  return clustersOrOne(state).map(on => {
    const file = on.of === '' ? 'rbac.json' : `rbac-${on.alias}.json`;
    return {
      what: `Nothing but the FlowSchema exempt names the group system:masters, in which nobody is by an entry. For what is found, give those who leave the group one of your own in their entries, and name that one there, too.${inSource(state)} verify-access --rbac ${file} says in which fields it is`,
      check: ['masters_named', file] as const,
      expect: 'FlowSchema exempt, and nothing else',
      on,
    };
  });
};

/** What this root module makes of it, as far as its text says. */
const inSource = ({ source: { masters } }: State): string => {
  const names = masters.map(({ address }) => address);
  const last = names.pop();
  if (last === undefined) return '';
  return names.length === 0
    ? ` In this source ${last} names it.`
    : ` In this source ${names.join(', ')} and ${last} name it.`;
};

/** Whom the phase takes out of the group. */
const leavers = ({ transformed }: State): readonly string[] => [
  ...new Set(transformed.flatMap(({ outcomes }) => outcomes.filter(leavesMasters).map(({ name }) => name))),
];

/** Once, however many there are. */
export const sayLeftMasters = (state: State): readonly Diagnostic[] => {
  const names = leavers(state);
  return names.length === 0 ? [] : [diagnose('TAE428', { principals: firstOf(names), count: names.length })];
};
