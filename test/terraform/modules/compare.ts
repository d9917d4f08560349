import { argv } from 'node:process';
import { moduleFiles } from './build-modules.ts';
import { compareDirectory } from './compare-directory.ts';
import { directoriesOf, realModule } from './module-source.ts';
import { eksReleases, namedReleases } from './releases.ts';

/*
 * Prints how the stand-in differs from the real module, per release:
 *   node test/terraform/run.mjs test/terraform/modules/compare.ts <clone or unpacked archive> [--all | version...]
 */

const usage = 'usage: compare.ts <clone or unpacked archive of the real module> [--all | version...]';

export function compareRelease(path: string, version: string): string[] {
  const real = realModule(path, version);
  const ours = directoriesOf(moduleFiles(version));
  const lines: string[] = [];
  for (const directory of [...new Set([...real.keys(), ...ours.keys()])].toSorted()) {
    const name = directory || 'root';
    const [theirs, own] = [real.get(directory), ours.get(directory)];
    if (!own) lines.push(`  ${name}: not modelled`);
    else if (!theirs) lines.push(`  ${name}: NOT IN THE REAL MODULE`);
    else lines.push(`  ${name}: ${compareDirectory(theirs, own).join('\n    ')}`);
  }
  return lines;
}

const [, , path, ...rest] = argv;
if (!path) throw new Error(usage);
const versions = rest[0] === '--all' ? eksReleases : rest.length > 0 ? rest : namedReleases;
for (const version of versions) {
  console.log(`== ${version}`);
  console.log(compareRelease(path, version).join('\n'));
}
