import { phaseNumber } from '../../diagnostics/index.ts';
import type { Staged } from '../staged.ts';

/** What gates.sh asks with. What else a phase reads is among these. */
const toLook = ['eks:Describe*', 'eks:List*', 'iam:GetRole', 'iam:GetUser', 'logs:FilterLogEvents'];

/** What whoever applies needs, a line for the phases that need the same. */
export const permissionsOf = ({ phases }: Staged): readonly object[] => {
  const lines = new Map([[byService(toLook), ['all']]]);
  for (const { phase, runbook } of phases) {
    const actions = byService((runbook?.permissions ?? []).filter(action => !/^eks:(Describe|List)/.test(action)));
    if (actions !== '') lines.set(actions, [...(lines.get(actions) ?? []), String(phaseNumber(phase.id))]);
  }
  return [...lines].map(([actions, numbers]) => ({ actions, phases: numbers.join(', ') }));
};

/** `eks: A, B; iam: C`: the service once. */
const byService = (permissions: readonly string[]): string => {
  const services = new Map<string, string[]>();
  const words: string[] = [];
  for (const permission of permissions) {
    const [, service, action] = /^([a-z]+):([\w*]+)$/.exec(permission) ?? [];
    if (service === undefined || action === undefined) words.push(permission);
    else services.set(service, [...(services.get(service) ?? []), action]);
  }
  return [
    ...[...services].map(([service, actions]) => `${service}: ${actions.join(', ')}`.replaceAll('*', String.raw`\*`)),
    ...words,
  ].join('; ');
};
