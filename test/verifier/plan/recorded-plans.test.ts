import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import { phaseIds, type Code, type PhaseId } from '../../../lib/diagnostics/index.ts';
import { verifyPlan } from '../../../lib/verifier/plan/verify-plan.ts';

const recorded = fileURLToPath(new URL('../../terraform/plans/', import.meta.url));
const engines = readdirSync(recorded, { withFileTypes: true }).filter(entry => entry.isDirectory());

/** What real engines plan, by case: the phases it fits, and what is said where it fits none. See the README there. */
const cases: readonly (readonly [plan: string, fits: readonly PhaseId[], codes: readonly Code[]])[] = [
  ['quickstart-enable-api', ['enable-api'], []],
  ['quickstart-add-access-entries', ['add-access-entries'], []],
  ['karpenter-cycle-add-access-entries', ['add-access-entries'], []],
  ['quickstart-remove-aws-auth', ['remove-aws-auth'], ['TAE512']],
  // The end state of the last phases is one, and clean-up plans nothing.
  ['quickstart-api-only', ['api-only'], []],
  ['quickstart-clean-up', ['api-only', 'clean-up', 'upgrade-to-v21', 'per-environment'], []],
  // The rows of each ConfigMap need entries in its own cluster, which the provider blocks tell.
  ['two-clusters-remove-aws-auth', ['remove-aws-auth'], []],
  ['replaced-cluster-enable-api', [], ['TAE501']],
  ['backwards-mode-clean-up', [], ['TAE502']],
  ['aws-auth-removed-early-add-access-entries', [], ['TAE508', 'TAE509']],
];

/** The administrator outside of phase 2: made by hand in those clusters, so it is in no state. */
const breakGlass = 'arn:aws:iam::111122223333:role/break-glass';
const existing = [
  { accessEntry: { principalArn: breakGlass, type: 'STANDARD' } },
  {
    principalArn: breakGlass,
    associatedAccessPolicies: [
      {
        policyArn: 'arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy',
        accessScope: { type: 'cluster', namespaces: [] },
      },
    ],
  },
]
  .map(document => JSON.stringify(document))
  .join('\n');

test('there are plans of both engines', () => {
  expect(engines.map(({ name }) => name.replace(/-.*/, ''))).toEqual(['terraform', 'tofu']);
});

describe.each(engines.map(({ name }) => name))('%s', engine => {
  test.each(cases)('%s', async (plan, fits, codes) => {
    const text = readFileSync(join(recorded, engine, `${plan}.json`), 'utf8');
    const own = phaseIds.find(phase => plan.endsWith(phase)) ?? 'clean-up';
    const verdicts = await Promise.all(
      phaseIds.map(phase => {
        // Only phase 2 needs the snapshot. Phase 3 shows what is said without it.
        const more = phase === 'add-access-entries' ? { existing } : {};
        return verifyPlan(text, { phase, ...more });
      }),
    );
    expect(verdicts.filter(verdict => verdict.fits).map(({ phase }) => phase)).toEqual(fits);
    const said = verdicts.find(({ phase }) => phase === own)?.diagnostics.map(({ code }) => code) ?? [];
    expect(said).toEqual(expect.arrayContaining([...codes]));
  });
});
