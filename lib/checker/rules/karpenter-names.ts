import { diagnose, type Diagnostic } from '../../diagnostics/index.ts';
import { isNodeUsername } from '../../eks/index.ts';
import { attributesOf } from '../../hcl/index.ts';
import { meaningOf, type Field, type ModuleCall } from '../../parser/index.ts';
import { bodyReferences, knownString, referencesOf } from '../../terraform/index.ts';
import type { State } from '../../emitter/index.ts';
import { entriesOf, principalField, typeOfEntry } from '../entries.ts';
import { karpenterSince20 } from '../karpenter.ts';
import type { CheckRule } from '../rule.ts';

/** Outputs of version 19, with their names since. */
const outputs: Readonly<Record<string, string>> = {
  role_arn: 'node_iam_role_arn',
  role_name: 'node_iam_role_name',
  role_unique_id: 'node_iam_role_unique_id',
  irsa_arn: 'iam_role_arn',
  irsa_name: 'iam_role_name',
  irsa_unique_id: 'iam_role_unique_id',
};

/** Inputs of version 19 that are no inputs since, with what took their place. */
const inputs: Readonly<Record<string, string>> = {
  iam_role_arn: 'node_iam_role_arn, with create_node_iam_role = false',
  iam_role_additional_policies: 'node_iam_role_additional_policies',
  iam_role_attach_cni_policy: 'node_iam_role_attach_cni_policy',
  iam_role_permissions_boundary: 'node_iam_role_permissions_boundary',
  create_irsa: 'create_iam_role',
  irsa_name: 'iam_role_name',
  irsa_policy_name: 'iam_policy_name',
  irsa_use_name_prefix: 'iam_role_use_name_prefix',
  irsa_path: 'iam_role_path',
  irsa_description: 'iam_role_description',
  irsa_max_session_duration: 'iam_role_max_session_duration',
  irsa_permissions_boundary_arn: 'iam_role_permissions_boundary_arn',
  irsa_tags: 'iam_role_tags',
  policies: 'iam_role_policies',
};

/**
 * Version 20 gave the node role's names a prefix and called the controller's role iam_role.
 * Source: terraform-aws-modules/eks, docs/UPGRADE-20.0.md, and modules/karpenter at v19.21.0, v20.0.0 and v21.19.0.
 */
export const karpenterNames: CheckRule = state =>
  karpenterSince20(state).flatMap(({ call, version }) => [
    ...goneInputs(call, version),
    ...goneOutputs(state, call, version),
    ...controllerAsNode(state, call),
  ]);

const goneInputs = ({ address, block }: ModuleCall, version: string): readonly Diagnostic[] =>
  attributesOf(block.body).flatMap(({ name, nameRange }) => {
    const now = inputs[name];
    if (now === undefined) return [];
    const args = { call: address, version, old: name, kind: 'argument' as const, now: `Write ${now}.` };
    return [diagnose('TAE743', args, nameRange)];
  });

const goneOutputs = ({ source }: State, { address, label }: ModuleCall, version: string): readonly Diagnostic[] => {
  const references = source.module.blocks.flatMap(({ body }) => bodyReferences(body));
  return references.flatMap(({ path, range }) => {
    const now = path[0] === 'module' && path[1] === label ? outputs[path[2] ?? ''] : undefined;
    if (now === undefined) return [];
    const args = {
      call: address,
      version,
      old: path[2] ?? '',
      kind: 'output' as const,
      now: `Write ${address}.${now}.`,
    };
    return [diagnose('TAE743', args, range)];
  });
};

const controllerAsNode = (state: State, { address }: ModuleCall): readonly Diagnostic[] => {
  const isController = (field: Field | undefined): field is Field => {
    const [reference] = field ? referencesOf(meaningOf(field).expression) : [];
    return reference?.path.slice(0, 3).join('.') === `${address}.iam_role_arn`;
  };
  const rows = state.source.mappings.flatMap(({ rows: own, call }) =>
    own
      .filter(({ username }) => isNodeUsername(knownString(username?.value) ?? ''))
      .flatMap(({ principal }) =>
        isController(principal) ? [{ what: `A row of ${call.address}`, range: principal.range }] : [],
      ),
  );
  const entries = entriesOf(state)
    .filter(entry => !['STANDARD', undefined].includes(typeOfEntry(entry)))
    .flatMap(entry => {
      const field = principalField(entry);
      return isController(field) ? [{ what: entry.name, range: field.range }] : [];
    });
  return [...rows, ...entries].map(({ what, range }) => diagnose('TAE744', { call: address, what }, range));
};
