import { calls } from './calls.ts';
import { creatorAdmin } from './creator-admin.ts';
import { entries } from './entries.ts';
import type { SourceGate } from './gate.ts';
import { remains } from './leftovers.ts';
import { mapping } from './mapping.ts';
import { mode } from './mode.ts';
import { resource } from './resource.ts';
import { version } from './version.ts';

/** The source gates. Each code says itself which phase it stops. */
export const sourceGates: readonly SourceGate[] = [
  calls,
  version,
  mode,
  mapping,
  resource,
  entries,
  creatorAdmin,
  remains,
];
