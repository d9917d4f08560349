import { replace, replaceAll } from '../edits.ts';
import type { Mutation } from '../mutation.ts';

const entries = 'add-access-entries';
const conditions = 'lists/one-principal-under-conditions';
const branches = 'shapes/conditions-inside';
const admin = `policy_associations = { a = { policy_arn = "arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy", access_scope = { type = "cluster" } } }`;

/** What is wrong in a branch that the values of a case do not take, too. */
export const ofGuards: readonly Mutation[] = [
  {
    name: 'wrong groups in a branch that is not taken',
    of: conditions,
    from: entries,
    edit: replace('kubernetes_groups   = ["users"]', 'kubernetes_groups   = ["viewers"]'),
  },
  {
    name: 'cluster admin in a branch that is not taken',
    seldom: true,
    of: conditions,
    from: entries,
    edit: replace(/(\["users"\]\n[^]*?)policy_associations = \{\}/, `$1${admin}`),
  },
  {
    name: 'another policy in the last of three branches',
    of: branches,
    from: entries,
    edit: replace(
      /(user_name +=  *"everybody"\n[^]*?)cluster-access-policy\/AmazonEKSClusterAdminPolicy/,
      '$1cluster-access-policy/AmazonEKSViewPolicy',
    ),
  },
  {
    name: 'a guard that holds in a branch where it must not',
    seldom: true,
    of: branches,
    from: entries,
    edit: replace(
      '(var.environment != "prod" ? var.environment != "staging" : false) ?',
      '(var.environment != "prod") ?',
    ),
  },
  {
    name: 'a guard that is the wrong way round',
    seldom: true,
    of: branches,
    from: entries,
    edit: replace('var.environment == "prod" ? {', 'var.environment != "prod" ? {'),
  },
  {
    name: 'the first of two guarded rows wins',
    of: conditions,
    from: entries,
    edit: text => {
      const [, before = '', first = '', last = '', after = ''] =
        /^([^]*merge\(\n)( {4}\{\n {6}dev = [^]*?\n {4}\},\n)([^]*?)( {2}\)\n[^]*)$/.exec(text) ?? [];
      return before === '' ? text : before + last + first + after;
    },
  },
  {
    name: 'groups of the other value of a condition',
    seldom: true,
    of: 'groups/either-way',
    from: entries,
    edit: replaceAll(/(kubernetes_groups +)= var\.stage == "prod" \? \["viewers"\] : local\.all/, '$1= ["viewers"]'),
  },
];
