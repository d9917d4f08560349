import { callsEks } from '../../parser/callers/look.ts';
import { rowsElsewhere } from '../../report/fleet/reasons.ts';
import type { ConvertFlags } from '../arguments/commands.ts';
import { moduleBehind } from '../callers.ts';
import { checkModule } from '../check/check-module.ts';
import type { Host } from '../host.ts';
import { printOutput } from '../print-output.ts';
import { findModule } from '../read-module.ts';
import { findFleet, type Place } from '../root-modules.ts';
import { filesIn, textPlaces } from '../who-calls.ts';

/**
 * A tree stands for the modules in it that have a cluster. Says which other root modules there bring rows into aws-auth, since nothing of
 * them is converted.
 */
export const sayRowsBeside = async (
  places: readonly Pick<Place, 'path' | 'from'>[],
  { noColor, quiet }: Pick<ConvertFlags, 'noColor' | 'quiet'>,
  host: Host,
): Promise<void> => {
  const { cwd } = host;
  if (quiet) return;
  const trees = new Set(places.flatMap(({ path, from }) => (path === from ? [] : [from])));
  const fleets = await Promise.all([...trees].map(tree => findFleet([tree], cwd).catch(() => undefined)));
  const all = fleets.flatMap(fleet => fleet?.modules ?? []);
  if (all.length === 0) return;
  const taken = new Set(await Promise.all(places.map(async ({ path }) => (await findModule(path, cwd)).directory)));
  const run = { checked: new Set(all.map(({ directory }) => directory)), apart: new Map() };
  for (const one of all) {
    if (!one.concerned || one.isShared || taken.has(one.directory) || (await hasCluster(one.path, host))) continue;
    const { findings, texts } = await checkModule(one, {}, undefined, host, run);
    const rows = findings.filter(({ diagnostic: { code } }) => rowsElsewhere.includes(code));
    const output = { data: {}, findings: rows, texts };
    if (rows.length > 0) await printOutput(output, { format: 'pretty', noColor }, host);
  }
};

/** Its own, or that of a module that it calls. What cannot be read is said where it is named. */
const hasCluster = async (path: string, host: Host): Promise<boolean> => {
  try {
    const { directory } = await findModule(path, host.cwd);
    const places = await textPlaces(directory, await filesIn(directory));
    if (places.some(({ texts }) => texts.some(([, text]) => callsEks(text)))) return true;
    return (await moduleBehind(path, host)).isCaller;
  } catch {
    return true;
  }
};
