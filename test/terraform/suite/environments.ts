import { fileURLToPath } from 'node:url';
import { convert } from '../../../lib/convert.ts';
import type { PhaseId } from '../../../lib/diagnostics/index.ts';
import { readFixture, runtime } from '../../support/fixture.ts';
import type { Case, Files } from './cases.ts';

/** The phases that an environment reaches by a value of the variable, from 1 on. */
export const valued: readonly PhaseId[] = ['enable-api', 'add-access-entries', 'remove-aws-auth', 'api-only'];

/** A value as a file that every engine reads by itself, after the others. */
const valueFile = (phase: number): Files =>
  new Map([['zz_environment.auto.tfvars.json', JSON.stringify({ access_entries_phase: phase })]]);

const noValue: Files = new Map([['zz_environment.auto.tfvars.json', '{}']]);

/**
 * A case whose phases are one revision for all environments, and then the values of one environment, up to `last`. With `cleanUp` the
 * variable is taken out in the end. Undefined where the case is not for that.
 */
export async function inEnvironment(one: Case, last: number, cleanUp = false): Promise<Case | undefined> {
  const { options } = readFixture(fileURLToPath(new URL(`../../fixtures/${one.name}`, import.meta.url)));
  const { revisions } = await convert(one.input, { ...options, perEnvironment: true, runtime: await runtime() });
  const find = (phase: PhaseId): readonly { phase: PhaseId; files: Files }[] =>
    revisions.filter(revision => revision.phase === phase).map(({ files }) => ({ phase, files }));
  const [revision] = find('per-environment');
  if (!revision) return undefined;
  const least = leastOf(revision.files);
  const values = valued.flatMap((phase, index) => {
    const number = index + 1;
    // What the phases one after another leave out, the number changes nothing of.
    const id = one.phases.some(written => written.phase === phase) ? phase : revision.phase;
    return number > least && number <= last
      ? [{ phase: id, files: new Map([...revision.files, ...valueFile(number)]) }]
      : [];
  });
  const end = cleanUp
    ? find('clean-up').map(({ phase, files }) => ({ phase, files: new Map([...files, ...noValue]) }))
    : [];
  return { ...one, phases: [...find('split-aws-auth'), revision, ...values, ...end] };
}

/** The revision, and then these numbers, whatever order they have. */
export async function withValues(one: Case, numbers: readonly number[]): Promise<Case> {
  const whole = await inEnvironment(one, 0);
  const [revision] = whole?.phases ?? [];
  if (!whole || !revision) throw new Error(`${one.name} has no revision for several environments`);
  const steps = numbers.map(number => ({
    phase: valued[number - 1] ?? revision.phase,
    files: new Map([...revision.files, ...valueFile(number)]),
  }));
  return { ...whole, phases: [revision, ...steps] };
}

const leastOf = (files: Files): number =>
  Number(/condition\s+= contains\(\[(\d)/.exec([...files.values()].join('\n'))?.[1] ?? 0);
