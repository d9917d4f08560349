import { calls } from './calls.ts';
import { creatorAdmin } from './creator-admin.ts';
import { entries } from './entries.ts';
import type { SourceGate } from './gate.ts';
import { remains } from './leftovers.ts';
import { mapping } from './mapping.ts';
import { mode } from './mode.ts';
import { provider } from './provider.ts';
import { resource } from './resource.ts';
import { split } from './split.ts';
import { upgrade } from './upgrade.ts';
import { version } from './version.ts';

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
