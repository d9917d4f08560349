import fc from 'fast-check';
import { rows } from './arbitrary-rows.ts';
import type { ModuleSpec } from './render-module.ts';

export const moduleSpec = (maxRows: number): fc.Arbitrary<ModuleSpec> =>
  fc.record({
    rows: rows(maxRows),
    entries: fc.constantFrom<ModuleSpec['entries']>(
      'absent',
      'absent',
      'empty',
      'literal',
      'one-line',
      'merge',
      'variable',
    ),
    mode: fc.constantFrom<ModuleSpec['mode']>('absent', 'absent', 'CONFIG_MAP', 'API_AND_CONFIG_MAP'),
    manage: fc.constantFrom<ModuleSpec['manage']>('true', 'true', 'absent', '!var.cold_start'),
    commentedOut: fc.boolean(),
    authFirst: fc.boolean(),
    trailingComma: fc.boolean(),
    finalNewline: fc.boolean(),
    rolesInLocal: fc.boolean(),
  });

/** More runs than the default, for a search by hand: FC_RUNS=2000. */
export const runs = (usual: number): { numRuns: number } => ({ numRuns: Number(process.env['FC_RUNS'] ?? usual) });
