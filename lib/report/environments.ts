import type { Immutable } from '../diagnostics/index.ts';
import { lastNumber, numberText, phaseVariable } from '../parser/phase-variable/index.ts';
import type { Section } from './output.ts';
import type { Report, ReportEnvironment } from './report.ts';

/** Where each environment is, and what is to be written next in its file. */
export const environmentsSection = ({ environments = [] }: Pick<Report, 'environments'>): Section => {
  if (environments.length === 0) return { parts: [] };
  const hasModes = environments.some(({ modes }) => modes);
  const columns = ['environment', 'phase', ...(hasModes ? ['mode'] : []), 'next'];
  const rows = environments.map(one => [
    one.name,
    one.phase === null ? 'unknown' : String(one.phase),
    ...(hasModes ? [modesText(one.modes)] : []),
    [...(modesToRaise(one).length > 0 ? [] : nextPhase(one)), ...nextModes(one)].join('; '),
  ]);
  return { parts: [{ columns, rows, whole: true }] };
};

/**
 * Whether the clean-up is for later, though nothing blocks it: a variable says at which phase each environment is, and it is not known that
 * all of them are at the last.
 */
export const cleanUpWaits = ({ phases, environments = [] }: Pick<Report, 'phases' | 'environments'>): boolean =>
  phases.some(({ id }) => id === 'per-environment') &&
  !(environments.length > 0 && environments.every(one => reachedBy(one) === lastNumber));

/**
 * How far an environment is: where the mode is the author's own switch, no number raises it. In CONFIG_MAP there is no entry, and what is
 * not known to be API is not at the last phase.
 */
export const reachedBy = ({ phase, modes: held = [] }: Held & Pick<ReportEnvironment, 'phase'>): number => {
  if (held.some(({ mode }) => mode === 'CONFIG_MAP')) return 0;
  const most = held.every(({ mode }) => mode === 'API') ? lastNumber : lastNumber - 1;
  return Math.min(phase ?? 0, most);
};

/** What modes that are the author's own switch are to be, where they are behind the number: that comes before anything else. */
export const modesToRaise = (one: Held & Pick<ReportEnvironment, 'phase'>): readonly string[] =>
  one.phase !== null && reachedBy(one) < one.phase ? nextModes(one) : [];

export const modesText = (modes: Held['modes'] = []): string => modes.map(({ mode }) => mode ?? 'unknown').join(', ');

type Held = Immutable<Pick<ReportEnvironment, 'modes'>>;

const nextPhase = (one: ReportEnvironment): readonly string[] => {
  const { phase, given } = one;
  if (one.byDefault) return [noNumber];
  if (phase === null) return given === undefined ? [] : [`at ${given}`];
  return [nextInFile(one) ?? 'clean-up, once all are here'];
};

/** Until it is there, each apply of the root module is at the default of the module, whatever the others are at. */
const noNumber = `its call gives no ${phaseVariable}: phase per-environment writes it`;

type Place = { readonly phase: number | null; readonly file: string; readonly given?: string };

/** The number to write next; undefined at the last. */
export const nextInFile = ({ phase, file, given }: Place): string | undefined =>
  phase !== null && phase < lastNumber ? `${numberText(phase + 1, given)} in ${file}` : undefined;

/** EKS takes one mode after the other. Source: EKS user guide, setting-up-access-entries. */
const modes: Readonly<Record<string, string>> = {
  CONFIG_MAP: 'API_AND_CONFIG_MAP, which is phase 1',
  API_AND_CONFIG_MAP: 'API in phase 4, not before',
};

/** The mode that an environment of the author's own switch goes to. */
const nextModes = ({ modes: held = [] }: Held): readonly string[] =>
  held.flatMap(({ cluster, mode }) => {
    const next = mode === null ? undefined : modes[mode];
    return next === undefined ? [] : [`mode of ${cluster}: ${next}`];
  });
