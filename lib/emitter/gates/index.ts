import { calls } from './calls.ts';
import { creatorAdmin } from '../phases/add-access-entries/creator-admin-gate.ts';
import { entries } from '../phases/add-access-entries/quota-gate.ts';
import type { SourceGate } from './gate.ts';
import { remains } from '../phases/clean-up/gate.ts';
import { mapping } from '../phases/remove-aws-auth/mapping-gate.ts';
import { mode } from '../phases/enable-api/mode-gate.ts';
import { provider } from '../phases/add-access-entries/provider-gate.ts';
import { resource } from '../phases/remove-aws-auth/resource-gate.ts';
import { split } from '../phases/split-aws-auth/gate.ts';
import { upgrade } from '../phases/upgrade-to-v21/gate.ts';
import { version } from '../phases/enable-api/release-gate.ts';

/** The source gates. Each code says itself which phase it stops. */
export const sourceGates: readonly SourceGate[] = [
  calls,
  version,
  split,
  provider,
  mode,
  mapping,
  resource,
  entries,
  creatorAdmin,
  remains,
  upgrade,
];

/** Those of a script, which changes nothing in the source. */
export const scriptGates: readonly SourceGate[] = [calls, mapping, entries];
