import { diagnose, type Diagnostic } from '../../diagnostics/index.ts';
import { attribute, sourceOf, walk, type Expression } from '../../hcl/index.ts';
import { localOutput, type NumberedCall, type Source } from '../../parser/index.ts';
import { isDeclaredSensitive, referencesOf, sensitiveVariables, type RootModule } from '../../terraform/index.ts';
import type { SourceGate } from '../phase.ts';

/**
 * Entries that depend on a sensitive value, of which the module makes a `for_each`: Terraform refuses it at plan time. What is
 * sensitive inside a row that is written out decides no key, and is no matter. The count of a resource may be sensitive.
 * Source: developer.hashicorp.com/terraform/language/meta-arguments/for_each, limitations on values used in for_each.
 */
export const sensitiveRows: SourceGate = ({ source, transformed, handed, calls = [] }) => {
  // A name in what a caller has written is one of the caller.
  const sources = [source, ...(handed?.callers ?? []).map(caller => caller.source)];
  return transformed.flatMap(({ mapping, planned, outcomes }) => {
    const place = sources.find(({ mappings }) => mapping && mappings.includes(mapping)) ?? source;
    const { module } = place;
    const conditionOf = (guard: string): Expression => module.parseExpression(guard).expression;
    const isSensitive = sensitiveIn(place);
    const isHiddenGuard = (guard: string): boolean => isSensitive(conditionOf(guard));
    const guards = new Map(
      outcomes
        .filter(({ entry }) => entry?.form === 'argument')
        .flatMap(({ row }) => row.guards.map(guard => [guard, row] as const)),
    );
    const rows = [...guards]
      .filter(([guard]) => isHiddenGuard(guard))
      .map(([what, { argument, origin }]) => said(argument, what, origin));
    const lists = planned && !planned.isWritten ? (mapping?.unread ?? []) : [];
    const hidden = lists.filter(
      ({ definition, guards: conditions }) => isSensitive(definition.expression) || conditions.some(isHiddenGuard),
    );
    const decisive = [
      ...[...guards.keys(), ...lists.flatMap(one => one.guards)].map(conditionOf),
      ...lists.map(({ definition }) => definition.expression),
    ];
    return [
      ...rows,
      ...hidden.map(one => said(one.argument, one.source, one.range)),
      ...(module === source.module ? givenHidden(place, decisive, calls) : []),
    ];
  });
};

/** What callers give to the variables in these: the mark goes with the value. */
const givenHidden = (
  place: Place,
  decisive: readonly Expression[],
  calls: readonly NumberedCall[],
): readonly Diagnostic[] => {
  const read = new Set(decisive.flatMap(one => [...shownIn(place, one).variables]));
  if (read.size === 0) return [];
  return calls.flatMap(({ block, module: caller }) => {
    if (!block) return [];
    const isSensitive = sensitiveIn(alone(caller));
    return [...read].flatMap(name => {
      const given = attribute(block.body, name);
      if (!given || !isSensitive(given.value)) return [];
      return [said(name, sourceOf(block.in.text, given.value.range), given.value.range)];
    });
  });
};

const said = (list: string, what: string, range: Diagnostic['range']): Diagnostic =>
  diagnose('TAE231', { list, what: what.replace(/\s+/g, ' ') }, range);

/** What providers mark as sensitive, of a data source and of a resource alike. Source: their schemas. */
const sensitiveAttributes = new Set([
  'aws_ssm_parameter value',
  'aws_secretsmanager_secret_version secret_string',
  'tfe_outputs values',
  'sops_file raw',
  'sops_file data',
  'local_sensitive_file content',
  'local_sensitive_file content_base64',
  'vault_generic_secret data',
  'vault_generic_secret data_json',
  'vault_kv_secret_v2 data',
  'vault_kv_secret_v2 data_json',
]);

/** A module, and the local ones that it calls, as far as they were read. */
type Place = Pick<Source, 'module' | 'localModules'>;

const alone = (module: RootModule): Place => ({ module, localModules: new Map() });

/** Whether Terraform keeps an expression of a module as sensitive. The declarations are read once for all of them. */
const sensitiveIn = (place: Place): ((expression: Expression) => boolean) => {
  const hidden = hiddenIn(place.module);
  return expression => {
    const { variables, isMarked } = shownIn(place, expression);
    return isMarked || [...variables].some(name => hidden.has(name));
  };
};

const hiddenIn = ({ blocks, json }: RootModule): ReadonlySet<string> => sensitiveVariables(blocks, json);

/** What is read by an expression whose mark it keeps: variables of the module, also through locals, and whether something has the mark. */
type Shown = { readonly variables: ReadonlySet<string>; readonly isMarked: boolean };

const shownIn = (place: Place, expression: Expression): Shown => {
  const { module } = place;
  const pending = [expression];
  const seen = new Set<string>();
  const variables = new Set<string>();
  let isMarked = false;
  for (let next = pending.pop(); next; next = pending.pop()) {
    walk(next, part => {
      if (part.kind === 'call' && part.name === 'nonsensitive') return false;
      if (part.kind === 'call' && part.name === 'sensitive') isMarked = true;
      if (part.kind !== 'get') return true;
      const path = referencesOf(part)[0]?.path ?? [];
      const [root, name = ''] = path;
      const [type, , member] = root === 'data' ? path.slice(1) : path;
      if (root === 'var') variables.add(name);
      if (sensitiveAttributes.has(`${type} ${member}`)) isMarked = true;
      const local = root === 'local' && !seen.has(name) ? module.locals.get(name) : undefined;
      if (local) pending.push(local.value);
      if (local) seen.add(name);
      const output = root === 'module' ? ofOutput(place, name, path[2]) : undefined;
      if (output?.isMarked) isMarked = true;
      pending.push(...(output?.given ?? []));
      return true;
    });
  }
  return { variables, isMarked };
};

/** Of an output of a local module: whether it has the mark, and what the call gives to the variables that it reads. */
const ofOutput = (
  place: Place,
  label: string,
  name: string | undefined,
): { readonly isMarked: boolean; readonly given: readonly Expression[] } | undefined => {
  const output = localOutput(place, label, name);
  if (!output) return undefined;
  const { call, called, block, value } = output;
  const { variables, isMarked } = shownIn(alone(called), value);
  const hidden = hiddenIn(called);
  return {
    isMarked: isMarked || isDeclaredSensitive(block) || [...variables].some(variable => hidden.has(variable)),
    given: [...variables].flatMap(variable => attribute(call.body, variable)?.value ?? []),
  };
};
