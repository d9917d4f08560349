import type { PhaseId } from '../../../lib/diagnostics/index.ts';
import { caseNamed, type Case, type Files } from '../suite/cases.ts';
import type { Options } from '../suite/run-phases.ts';
import { inConfigMapMode } from '../suite/worlds.ts';

/** A run, and under which name the plan of a phase is kept. */
export type Recording = Pick<Options, 'age' | 'rewrite'> & {
  name: string;
  one: Case;
  keep: Partial<Record<PhaseId, string>>;
};

export function recordings(): Recording[] {
  const quickstart = caseNamed('examples/quickstart');
  const phases: readonly PhaseId[] = ['enable-api', 'add-access-entries', 'remove-aws-auth', 'api-only', 'clean-up'];
  const filesOf = (phase: PhaseId): Files => quickstart.phases.find(one => one.phase === phase)?.files ?? new Map();
  const inline = caseNamed('inline/v19-literal');
  return [
    {
      // From 19.21.0 to 20.37.2: aws-auth moves, and the releases of 20.x do a little by themselves.
      name: 'inline',
      one: upTo(inline, 1),
      keep: { 'split-aws-auth': 'split-aws-auth' },
    },
    {
      name: 'not-moved',
      one: upTo(inline, 1),
      rewrite: (_phase, files) => edited(files, text => text.replaceAll(/\nmoved \{\n[\s\S]*?\n\}\n/g, '')),
      keep: { 'split-aws-auth': 'split-aws-auth' },
    },
    {
      name: 'quickstart',
      one: quickstart,
      age: inConfigMapMode,
      keep: Object.fromEntries(phases.map(phase => [phase, phase])),
    },
    {
      name: 'karpenter-cycle',
      one: caseNamed('examples/karpenter-cycle'),
      keep: { 'add-access-entries': 'add-access-entries' },
    },
    {
      // Two clusters, each with an aws-auth of its own through a provider of its own.
      name: 'two-clusters',
      one: caseNamed('clusters/two-with-provider-aliases'),
      keep: { 'remove-aws-auth': 'remove-aws-auth' },
    },
    {
      // 20.8.5 sets the flag of the creator to false, which whoever made the cluster with 19.21.0 had: it is replaced.
      name: 'replaced-cluster',
      one: atReleases(upTo(quickstart, 1), '19.21.0', '20.8.5'),
      keep: { 'enable-api': 'enable-api' },
    },
    {
      name: 'backwards-mode',
      one: quickstart,
      rewrite: (phase, files) => (phase === 'clean-up' ? filesOf('remove-aws-auth') : files),
      keep: { 'clean-up': 'clean-up' },
    },
    {
      name: 'aws-auth-removed-early',
      one: upTo(quickstart, 2),
      rewrite: (phase, files) =>
        edited(files, text =>
          phase === 'add-access-entries'
            ? text.replace('manage_aws_auth_configmap = true', 'manage_aws_auth_configmap = false')
            : text,
        ),
      keep: { 'add-access-entries': 'add-access-entries' },
    },
  ];
}

const upTo = (one: Case, count: number): Case => ({ ...one, phases: one.phases.slice(0, count) });

const edited = (files: Files, edit: (text: string) => string): Files =>
  new Map([...files].map(([path, text]) => [path, edit(text)] as const));

const at = (release: string, files: Files): Files =>
  edited(files, text => text.replaceAll(/"20\.24\.3"/g, `"${release}"`));

function atReleases(one: Case, before: string, after: string): Case {
  return {
    ...one,
    input: at(before, one.input),
    phases: one.phases.map(({ phase, files }) => ({ phase, files: at(after, files) })),
  };
}
