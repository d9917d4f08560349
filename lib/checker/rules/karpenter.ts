import { diagnose, type Diagnostic, type Range } from '../../diagnostics/index.ts';
import { isNodeUsername } from '../../eks/index.ts';
import { from19 } from '../../eks/renames-from-19.ts';
import type { State } from '../../emitter/index.ts';
import { attributesOf } from '../../hcl/index.ts';
import { entryType, meaningOf, versionOf, type Field, type ModuleCall } from '../../parser/index.ts';
import {
  admits,
  bodyReferences,
  compareVersions,
  knownString,
  parseConstraint,
  referencesOf,
} from '../../terraform/index.ts';
import { entriesOf, type CheckRule } from '../entries.ts';

const karpenter = from19.submodules.find(({ submodule }) => submodule === 'karpenter');

/** Outputs of version 19, with their names since. */
const outputs = karpenter?.outputs ?? {};

/** Inputs of version 19 that are no inputs since, with their names: some old names are those of other inputs now. */
const inputs = Object.fromEntries(
  Object.entries(karpenter?.inputs ?? {}).filter(([name], _index, all) => !all.some(([, renamed]) => renamed === name)),
);

/** What has to be said beside the new name. */
const conditions: Readonly<Record<string, string>> = { iam_role_arn: ', with create_node_iam_role = false' };

/**
 * Version 20 gave the node role's names a prefix and called the controller's role iam_role.
 * Source: terraform-aws-modules/eks, docs/UPGRADE-20.0.md, and modules/karpenter at v19.21.0, v20.0.0 and v21.19.0.
 */
export const karpenterNames: CheckRule = state =>
  karpenterSince20(state).flatMap(({ call, version }) => [
    ...[...goneInputs(call), ...goneOutputs(state, call)].map(({ range, way: now, ...gone }) =>
      diagnose('TAE743', { call: call.address, version, ...gone, now }, range),
    ),
    ...controllerAsNode(state, call),
  ]);

/** A name that is gone, and where it is written. */
type Gone = { readonly old: string; readonly kind: 'argument' | 'output'; readonly way: string; readonly range: Range };

const goneInputs = ({ block }: ModuleCall): readonly Gone[] =>
  attributesOf(block.body).flatMap(({ name: old, nameRange: range }): readonly Gone[] => {
    const now = inputs[old];
    if (now !== undefined) return [{ old, kind: 'argument', way: `Write ${now}${conditions[old] ?? ''}.`, range }];
    const advice = karpenter?.goneInputs?.[old]?.advice;
    return advice === undefined ? [] : [{ old, kind: 'argument', way: advice, range }];
  });

const goneOutputs = ({ source }: State, { address, label }: ModuleCall): readonly Gone[] =>
  source.module.blocks
    .flatMap(({ body }) => bodyReferences(body))
    .flatMap(({ path: [root, name, old = ''], range }): readonly Gone[] => {
      const now = root === 'module' && name === label ? outputs[old] : undefined;
      return now === undefined ? [] : [{ old, kind: 'output', way: `Write ${address}.${now}.`, range }];
    });

const controllerAsNode = (state: State, { address }: ModuleCall): readonly Diagnostic[] => {
  const isController = (field: Field | undefined): field is Field => {
    const [reference] = field ? referencesOf(meaningOf(field).expression) : [];
    return reference?.path.slice(0, 3).join('.') === `${address}.iam_role_arn`;
  };
  const ofController = state.source.mappings.flatMap(({ rows, address: writer }) =>
    rows
      .filter(({ username }) => isNodeUsername(knownString(username?.value) ?? ''))
      .flatMap(({ principal }) =>
        isController(principal) ? [{ what: `A row of ${writer}`, range: principal.range }] : [],
      ),
  );
  const entries = entriesOf(state)
    .filter(entry => !['STANDARD', undefined].includes(entryType(entry.written)))
    .flatMap(entry => {
      const field = entry.written.principal;
      return isController(field) ? [{ what: entry.name, range: field.range }] : [];
    });
  return [...ofController, ...entries].map(({ what, range }) => diagnose('TAE744', { call: address, what }, range));
};

/** The last release of version 19. */
const last19 = '19.21.0';

/** Calls of the karpenter submodule that are of version 20 or newer for certain, with the release. */
const karpenterSince20 = ({
  source: { calls, installed },
}: State): readonly { readonly call: ModuleCall; readonly version: string }[] =>
  calls
    .filter(({ source, fork }) => source.submodule === 'modules/karpenter' && !fork)
    .flatMap(call => {
      const settled = versionOf(call, { installed, stated: undefined });
      if (settled.kind === 'unknown' || compareVersions(settled.version, '20.0.0') < 0) return [];
      const range = settled.kind === 'newest' ? parseConstraint(settled.constraint) : undefined;
      return range && admits(range, last19) ? [] : [{ call, version: settled.version }];
    });
