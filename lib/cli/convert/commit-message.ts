import { phaseNumber, type PhaseId } from '../../diagnostics/index.ts';
import { visibleLine } from '../../escape/terminal.ts';
import type { ModuleRun } from '../run-module.ts';

/** A root module that a phase was written into, and how the repository calls it. */
export type Committed = { readonly run: ModuleRun; readonly name: string };

/** What a commit says of a phase: where, of which clusters, what changes, and what the plan must show. */
export const commitMessage = (phase: PhaseId, modules: readonly Committed[]): string => {
  const [first] = modules;
  const where =
    modules.length > 1 || first === undefined
      ? `${modules.length} root modules`
      : `${clustersOf(first.run).join(', ') || 'aws-auth'} in ${first.name}`;
  return [
    `Phase ${phaseNumber(phase)} of access entries, ${phase}: ${where}`,
    ...modules.map(module => section(phase, module)),
    'Apply it, and check it, before the next phase.',
  ].join('\n\n');
};

const section = (phase: PhaseId, { run, name }: Committed): string => {
  const { report, plans } = run.result ?? {};
  const changes = report?.phases.find(({ id }) => id === phase)?.changes ?? [];
  return [
    `${name}: ${clustersOf(run, true).join('; ') || 'no cluster'}`,
    ...changes.map(item),
    '',
    'The plan must show:',
    ...(plans?.get(phase) ?? []).map(item),
  ].join('\n');
};

const item = (text: string): string => `- ${visibleLine(text)}`;

const clustersOf = ({ result }: ModuleRun, withNames = false): readonly string[] =>
  (result?.state?.source.clusters ?? []).map(({ address, name }) =>
    visibleLine(withNames && name !== undefined ? `${address}, cluster ${name}` : address),
  );
