import { diagnose, type Diagnostic, type Range } from '../../diagnostics/index.ts';
import { attribute, walk, type Expression } from '../../hcl/index.ts';
import { meaningOf } from '../../parser/index.ts';
import { addressOf, blocksOf, evaluate, referencesOf, type RootModule } from '../../terraform/index.ts';
import { clustersOf, entriesOf } from '../entries.ts';
import type { CheckRule } from '../rule.ts';

const home = 'aws-reserved/sso.amazonaws.com/';

/**
 * The path of an Identity Center role has its home region, whatever the region of the cluster; us-east-1 is left out.
 * Source: IAM Identity Center user guide, referencingpermissionsets; terraform-aws-modules/eks issue 2969.
 */
export const ssoRegion: CheckRule = state => [
  ...entriesOf(state).flatMap(entry => {
    const field = entry.written.principal;
    return field ? judge(entry.module, meaningOf(field).expression, field.range, entry.name) : [];
  }),
  ...(clustersOf(state).length === 0 ? [] : blocksOf(state.source.module, 'data', 'aws_iam_roles')).flatMap(block => {
    const prefix = attribute(block.body, 'path_prefix');
    return prefix ? judge(state.source.module, prefix.value, prefix.value.range, `data.${block.labels.join('.')}`) : [];
  }),
];

const judge = (module: RootModule, expression: Expression, range: Range, what: string): readonly Diagnostic[] => {
  const value = evaluate(expression, module.scope);
  const parts = value.kind === 'string' ? value.parts : [];
  if (parts.some(part => part?.includes(`${home}us-east-1`))) {
    const why = 'us-east-1 is in it: where Identity Center is at home there, the path has no region';
    return [diagnose('TAE712', { what, why }, range)];
  }
  const region = regionIn(expression);
  if (region === undefined) return [];
  const why = `its region is ${region}, that of the provider, which need not be the home region of Identity Center`;
  return [diagnose('TAE712', { what, why }, range)];
};

/** `data.aws_region.x` right behind the beginning of such a path. */
const regionIn = (expression: Expression): string | undefined => {
  let found: string | undefined;
  walk(expression, node => {
    if (node.kind !== 'template') return;
    for (const [index, part] of node.parts.entries()) {
      const before = node.parts[index - 1];
      if (part.kind !== 'interpolation' || before?.kind !== 'literal' || !before.text.endsWith(home)) continue;
      const [reference] = referencesOf(part.value);
      if (reference?.path[0] === 'data' && reference.path[1] === 'aws_region') found = addressOf(reference);
    }
  });
  return found;
};
