import { replaceAll } from '../edits.ts';
import type { Mutation } from '../mutation.ts';

const entries = 'add-access-entries';
const lookUp = 'reference/without-sso-region';
const atPlanTime = 'layout/rows-known-at-plan-time';

/** What must not go through: the conditions that are written into a revision. */
export const ofConditions: readonly Mutation[] = [
  {
    name: 'a look-up without its postcondition',
    of: lookUp,
    from: entries,
    edit: replaceAll(/\n {2}lifecycle \{\n {4}postcondition \{[^]*?\n {4}\}\n {2}\}\n/, ''),
  },
  {
    name: 'a look-up whose account does not count',
    of: lookUp,
    from: entries,
    edit: replaceAll(/ && alltrue\(\[for arn in self\.arns : [^\n]*?\]\)/, ''),
  },
  {
    name: 'a look-up by a name that is not anchored',
    of: lookUp,
    from: entries,
    edit: replaceAll(/name_regex {2}= "\^([^"]*)\$"/, 'name_regex  = "$1"'),
  },
  {
    name: 'a look-up by a name that is not anchored, without its postcondition',
    seldom: true,
    of: lookUp,
    from: entries,
    edit: text =>
      text
        .replaceAll(/name_regex {2}= "\^([^"]*)\$"/g, 'name_regex  = "$1"')
        .replaceAll(/\n {2}lifecycle \{\n {4}postcondition \{[^]*?\n {4}\}\n {2}\}\n/g, '')
        .replaceAll(/one\((data\.aws_iam_roles\.\w+\.arns)\)/g, 'tolist($1)[0]'),
  },
  {
    name: 'a look-up by another provider than that of the cluster',
    of: 'cycles/two-aws-providers',
    from: entries,
    edit: replaceAll(/(data "aws_iam_roles" "\w+" \{\n) {2}provider = aws\.eu\n/, '$1'),
  },
  {
    name: 'rows of a plan without the precondition on what no entry can stand for',
    of: atPlanTime,
    from: entries,
    edit: replaceAll(/ {2}precondition \{\n {4}condition {5}= length\(local\.refused\)[^]*?\n {2}\}\n/, ''),
  },
  {
    name: 'rows of a plan without the precondition on accounts',
    of: atPlanTime,
    from: entries,
    edit: replaceAll(/ {2}precondition \{\n {4}condition {5}= length\(var\.accounts\)[^]*?\n {2}\}\n/, ''),
  },
  {
    name: 'accounts that are not handed over to the precondition',
    of: atPlanTime,
    from: entries,
    edit: replaceAll(/(?<=\n) {2}accounts = var\.accounts\n/, ''),
  },
  {
    name: 'node rows of a plan without the precondition on their entries',
    seldom: true,
    of: atPlanTime,
    from: entries,
    edit: replaceAll(/ {2}precondition \{\n {4}condition {5}= length\(local\.nobodys_nodes\)[^]*?\n {2}\}\n/, ''),
  },
];
