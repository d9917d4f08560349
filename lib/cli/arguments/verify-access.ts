import { existing, printOptions } from './options.ts';
import type { FlagsOf, Syntax } from './syntax.ts';

export const verifyAccessSyntax = {
  name: 'verify-access',
  summary: 'Say who would lose access if aws-auth went now',
  usage: '--aws-auth <file> --existing <file>',
  about: 'Says who would lose access if aws-auth went now. Changes nothing.',
  options: {
    'aws-auth': {
      kind: 'text',
      about: 'The ConfigMap: kubectl get configmap aws-auth -n kube-system -o yaml, or - for stdin',
    },
    existing,
    rbac: { kind: 'text', about: 'The bindings: kubectl get clusterrolebindings,rolebindings -A -o json' },
    config: { kind: 'text', about: 'The config of convert: access that it drops is no loss' },
    ...printOptions,
  },
} as const satisfies Syntax;

export type VerifyAccessFlags = FlagsOf<typeof verifyAccessSyntax>;
