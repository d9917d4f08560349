import { phaseIds } from '../../diagnostics/index.ts';
import { existing, printOptions } from './options.ts';
import type { FlagsOf, Syntax } from './syntax.ts';

export const verifyPlanSyntax = {
  name: 'verify-plan',
  summary: 'Say whether a plan fits its phase',
  usage: '<plan> --phase <id>',
  about: 'Says whether a plan does what the phase may do, and nothing else. Changes nothing.',
  positional: { name: 'plan', about: 'The output of terraform show -json, or - for stdin' },
  options: {
    phase: { kind: 'choice', choices: phaseIds, about: 'The phase that the plan is for' },
    existing,
    'cluster-name': { kind: 'text', about: 'The cluster to migrate, where the plan has others, too' },
    config: { kind: 'text', about: 'The config of convert: who is dropped there may lose access' },
    strict: { kind: 'switch', about: 'Fail on changes of other resource types, too' },
    'accept-unverified': { kind: 'switch', about: 'Accept what the plan cannot show: it was checked by hand' },
    ...printOptions,
  },
} as const satisfies Syntax;

export type VerifyPlanFlags = FlagsOf<typeof verifyPlanSyntax>;
