import type { Rule } from '../context.ts';
import { accounts } from './accounts.ts';
import { alternatives } from './alternatives.ts';
import { apiMode } from './api-mode.ts';
import { configDrop } from './config-drop.ts';
import { covered } from './covered.ts';
import { cycles, sayCycles } from './cycles.ts';
import { deadRolePath } from './dead-role-path.ts';
import { duplicates } from './duplicates.ts';
import { existing } from './existing.ts';
import { fromCaller } from './from-caller.ts';
import { groups } from './groups.ts';
import { groupsKnown } from './groups-known.ts';
import { hiddenCharacters } from './hidden-characters.ts';
import { inForce } from './in-force.ts';
import { instances } from './instances.ts';
import { kind } from './kind.ts';
import { live } from './live.ts';
import { nodes } from './nodes.ts';
import { path } from './path.ts';
import { shape } from './shape.ts';
import { username } from './username.ts';

/**
 * The rules, in order. Each sees what the ones before it left open. Duplicates come first, since they are settled by what matches
 * today, whatever is wrong with a row; then what the next apply takes away; `in-force` comes late, since rows that have an entry or leave it to EKS need no flags.
 */
export const rules: readonly Rule[] = [
  duplicates,
  configDrop,
  apiMode,
  live,
  accounts,
  shape,
  kind,
  deadRolePath,
  existing,
  path,
  groupsKnown,
  nodes,
  hiddenCharacters,
  groups,
  username,
  inForce,
  covered,
  cycles,
  fromCaller,
  instances,
  alternatives,
  sayCycles,
];
