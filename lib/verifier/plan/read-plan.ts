import { diagnose, Refusal } from '../../diagnostics/index.ts';
import { isRecord, jsonAt, resourcesIn, type JsonRecord } from '../../parser/entries/snapshot.ts';
import { parseJson } from '../../terraform/json-syntax.ts';
import { changeOf, isJudgedType, type Change } from './change.ts';

export type Plan = ReturnType<typeof readPlan>;

/**
 * Reads the output of `terraform show -json` or `tofu show -json` of a plan, format 1.x. Throws a Refusal with TAE020 for what is no
 * plan, and with TAE021 for one that does not show everything.
 * Source: https://developer.hashicorp.com/terraform/internals/json-format
 */
export const readPlan = (file: string, source: string) => {
  const plan = parse(file, source);
  const foreign = foreignKind(plan);
  if (foreign !== undefined) throw notPlan(file, foreign.reason, foreign.advice);
  const format = plan['format_version'];
  if (typeof format !== 'string' || !/^1\.\d+$/.test(format)) {
    throw notPlan(file, `its format_version is ${JSON.stringify(format) ?? 'missing'}, and 1.x is read`, otherFormat);
  }
  const partial = partialReason(plan);
  if (partial !== undefined) throw notWhole(file, partial);
  const changes = changesIn(file, plan['resource_changes'] ?? []);
  const prior = plan['prior_state'];
  const states = [isRecord(prior) ? prior['values'] : undefined, plan['planned_values']];
  const resources = states.flatMap(resourcesIn);
  refuseUnseen(file, resources, changes);
  const engineVersion = plan['terraform_version'];
  return {
    engineVersion: typeof engineVersion === 'string' ? engineVersion : 'unknown',
    /** Every managed resource, those that stay as they are included. */
    changes,
    configuration: plan['configuration'],
    /** Before the apply and after it, data sources included. */
    resources,
    /** Whose session it is that runs Terraform, where the eks module has asked. */
    sessionIssuers: resources.flatMap(({ type, values }) => {
      const issuer = type === 'aws_iam_session_context' ? jsonAt(values, 'issuer_arn') : undefined;
      return typeof issuer === 'string' ? issuer : [];
    }),
    variables: plan['variables'],
  };
};

const howTo =
  'Make it with `terraform plan -out=tfplan` and `terraform show -json tfplan > plan.json`; with OpenTofu `tofu` for `terraform`.';
const otherFormat =
  'Use Terraform 1.5 to 1.16, or OpenTofu from 1.6 on; a format that begins with 2 needs a newer release of this tool.';

const notPlan = (file: string, reason: string, advice = howTo): Refusal =>
  new Refusal(diagnose('TAE020', { path: file, reason, advice }));

const notWhole = (file: string, reason: string): Refusal => new Refusal(diagnose('TAE021', { path: file, reason }));

/** What a parser says of a text may quote values of it, which may be secret. */
const parse = (file: string, source: string): JsonRecord => {
  if (source.trim() === '') throw notPlan(file, 'it is empty');
  if (source.startsWith('PK\u0003\u0004')) throw notPlan(file, 'it is the binary plan file');
  if (/^\ufeff?\s*\{"@level"/.test(source))
    throw notPlan(file, 'it is the log of `terraform plan -json`, not the plan');
  const plan = parseJson(source);
  if (isRecord(plan)) return plan;
  throw notPlan(file, 'it is no JSON object, or it is cut off');
};

const foreignKind = (plan: JsonRecord): { readonly reason: string; readonly advice?: string } | undefined => {
  if ('encrypted_data' in plan) return { reason: 'it is encrypted', advice: 'Run `tofu show -json` with the key.' };
  if ('lineage' in plan) return { reason: 'it is a state file, and a state does not say what will change' };
  if ('planned_values' in plan || 'resource_changes' in plan) return undefined;
  if ('values' in plan) return { reason: 'it is a state, and a state does not say what will change' };
  return { reason: 'it has neither planned_values nor resource_changes' };
};

/** Source: https://developer.hashicorp.com/terraform/internals/json-format#plan-representation */
const partialReason = ({ errored, deferred_changes: deferred, complete }: JsonRecord): string | undefined => {
  if (errored === true) return 'planning ended with an error';
  if (Array.isArray(deferred) && deferred.length > 0) return 'changes are deferred to a later plan';
  return complete === false ? 'it is not complete: made with -target, or with deferred changes' : undefined;
};

const changesIn = (file: string, list: unknown): readonly Change[] => {
  if (!Array.isArray(list)) throw notPlan(file, 'its resource_changes are no list');
  return list.flatMap((item: unknown, index) => {
    if (!isRecord(item)) throw notPlan(file, `resource_changes[${index}] is no object`);
    if (item['mode'] === 'data' || item['mode'] === 'ephemeral') return [];
    const change = changeOf(item);
    if (change === undefined) throw notPlan(file, `resource_changes[${index}] has no address, no type, or no actions`);
    return [change];
  });
};

/**
 * A plan lists what stays as it is, too. What the state or the planned values have and the list has not was left out of planning:
 * by -target, which plans before format 1.2 of Terraform 1.8 do not admit to, or by -refresh-only.
 */
const refuseUnseen = (file: string, resources: readonly JsonRecord[], changes: readonly Change[]): void => {
  const seen = new Set(changes.flatMap(({ address, previousAddress }) => [address, previousAddress ?? address]));
  const unseen = resources
    .filter(({ mode, type }) => mode === 'managed' && typeof type === 'string' && isJudgedType(type))
    .flatMap(({ address }) => (typeof address === 'string' ? address : []))
    .find(address => !seen.has(address));
  if (unseen === undefined) return;
  if (changes.length === 0)
    throw notWhole(file, `it plans nothing for ${unseen}: it was made with -refresh-only or -target`);
  throw notWhole(file, `it plans nothing for ${unseen}, which is in the state: it was made with -target`);
};
