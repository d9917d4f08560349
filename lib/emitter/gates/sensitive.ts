import { diagnose } from '../../diagnostics/index.ts';
import { walk, type Expression } from '../../hcl/index.ts';
import { referencesOf, sensitiveVariables, type RootModule } from '../../terraform/index.ts';
import type { SourceGate } from '../phase.ts';

/**
 * Entries that depend on a sensitive value, of which the module makes a `for_each`: Terraform refuses it at plan time. What is
 * sensitive inside a row that is written out decides no key, and is no matter.
 * Source: developer.hashicorp.com/terraform/language/meta-arguments/for_each, limitations on values used in for_each.
 */
export const sensitiveRows: SourceGate = ({ source, transformed, handed }) => {
  // A name in what a caller has written is one of the caller.
  const sources = [source, ...(handed?.callers ?? []).map(caller => caller.source)];
  return transformed.flatMap(({ mapping, planned, outcomes }) => {
    const { module } = sources.find(({ mappings }) => mapping && mappings.includes(mapping)) ?? source;
    const variables = sensitiveVariables(module.blocks, module.json);
    const isHidden = (expression: Expression): boolean => isSensitive(module, variables, expression);
    const isHiddenGuard = (guard: string): boolean => isHidden(module.parseExpression(guard).expression);
    const guards = new Map(
      outcomes.filter(({ entry }) => entry).flatMap(({ row }) => row.guards.map(guard => [guard, row] as const)),
    );
    const rows = [...guards]
      .filter(([guard]) => isHiddenGuard(guard))
      .map(([what, { argument, origin }]) => ({ list: argument, what, range: origin }));
    const lists = planned && !planned.isWritten ? (mapping?.unread ?? []) : [];
    const hidden = lists.filter(
      ({ definition, guards: conditions }) => isHidden(definition.expression) || conditions.some(isHiddenGuard),
    );
    return [...rows, ...hidden.map(one => ({ list: one.argument, what: one.source, range: one.range }))].map(
      ({ list, what, range }) => diagnose('TAE231', { list, what: what.replace(/\s+/g, ' ') }, range),
    );
  });
};

/** What providers mark as sensitive, of a data source and of a resource alike. Source: their schemas. */
const sensitiveAttributes = new Set([
  'aws_ssm_parameter value',
  'aws_secretsmanager_secret_version secret_string',
  'tfe_outputs values',
]);

const isSensitive = (module: RootModule, variables: ReadonlySet<string>, expression: Expression): boolean => {
  const pending = [expression];
  const seen = new Set<string>();
  const found: Expression[] = [];
  for (let next = pending.pop(); next && found.length === 0; next = pending.pop()) {
    walk(next, part => {
      if (part.kind === 'call' && part.name === 'nonsensitive') return false;
      if (part.kind === 'call' && part.name === 'sensitive') found.push(part);
      if (part.kind !== 'get') return true;
      const path = referencesOf(part)[0]?.path ?? [];
      const [root, name = ''] = path;
      const [type, , member] = root === 'data' ? path.slice(1) : path;
      if (root === 'var' && variables.has(name)) found.push(part);
      if (sensitiveAttributes.has(`${type} ${member}`)) found.push(part);
      const local = root === 'local' && !seen.has(name) ? module.locals.get(name) : undefined;
      if (local) pending.push(local.value);
      if (local) seen.add(name);
      return true;
    });
  }
  return found.length > 0;
};
