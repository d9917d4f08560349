import { replace, replaceAll } from '../edits.ts';
import type { Mutation } from '../mutation.ts';

const entries = 'add-access-entries';
const types = 'nodes/unproven-types';

/** Entries of nodes. */
export const ofNodes: readonly Mutation[] = [
  { name: 'an EC2_LINUX entry as EC2', of: types, from: entries, edit: replaceAll('"EC2_LINUX"', '"EC2"') },
  {
    name: 'a HYBRID_LINUX entry as EC2_LINUX',
    seldom: true,
    of: types,
    from: entries,
    edit: replace('"HYBRID_LINUX"', '"EC2_LINUX"'),
  },
  { name: 'a Windows entry as EC2_LINUX', of: types, from: entries, edit: replace('"EC2_WINDOWS"', '"EC2_LINUX"') },
  {
    name: 'a node entry with a username',
    seldom: true,
    of: types,
    from: entries,
    edit: replace(/type {10}= "EC2_LINUX"\n/, '$&      user_name = "nodes:{{SessionName}}"\n'),
  },
  {
    name: 'the entry of a self-managed group that stays switched off',
    seldom: true,
    of: 'inline/four-spaces',
    from: entries,
    edit: replace('batch = {}', 'batch = { create_access_entry = false }'),
  },
];
