import { diagnose, Refusal } from '../../diagnostics/index.ts';
import { isRecord } from '../../parser/entries/snapshot-fields.ts';
import { changeOf, isJudgedType, type Change } from './change.ts';
import { addressesIn } from './state-addresses.ts';
import { splitObject, SplitError, type Members } from './split-object.ts';

/** What is asked of a plan. Variables and outputs are not even parsed. */
export type Plan = {
  readonly engineVersion: string;
  /** Every managed resource, those that stay as they are included. */
  readonly changes: readonly Change[];
  /** Parsed when it is asked for: few plans need it, and it is large. */
  readonly configuration: () => unknown;
};

/**
 * Reads the output of `terraform show -json` or `tofu show -json` of a plan, format 1.x. Throws a Refusal with TAE020 for what is no
 * plan, and with TAE021 for one that does not show everything.
 * Source: https://developer.hashicorp.com/terraform/internals/json-format
 */
export const readPlan = (file: string, source: string): Plan => {
  const members = split(file, source);
  const foreign = foreignKind(members);
  if (foreign !== undefined) throw notPlan(file, foreign.reason, foreign.advice);
  const format = read(file, members, 'format_version');
  if (typeof format !== 'string' || !/^1\.\d+$/.test(format)) {
    throw notPlan(file, `its format_version is ${JSON.stringify(format) ?? 'missing'}, and 1.x is read`, otherFormat);
  }
  const partial = partialReason(file, members);
  if (partial !== undefined) throw notWhole(file, partial);
  const changes = changesIn(file, read(file, members, 'resource_changes') ?? []);
  refuseUnseen(file, members, changes);
  const engineVersion = read(file, members, 'terraform_version');
  return {
    engineVersion: typeof engineVersion === 'string' ? engineVersion : 'unknown',
    changes,
    configuration: () => read(file, members, 'configuration'),
  };
};

const howTo =
  'Make it with `terraform plan -out=tfplan` and `terraform show -json tfplan > plan.json`; with OpenTofu `tofu` for `terraform`.';
const otherFormat = 'Use Terraform 1.5 or newer, or OpenTofu 1.6 or newer.';

const notPlan = (file: string, reason: string, advice = howTo): Refusal =>
  new Refusal(diagnose('TAE020', { path: file, reason, advice }));

const notWhole = (file: string, reason: string): Refusal => new Refusal(diagnose('TAE021', { path: file, reason }));

const split = (file: string, source: string): Members => {
  if (source.trim() === '') throw notPlan(file, 'it is empty');
  if (source.startsWith('PK\u0003\u0004')) throw notPlan(file, 'it is the binary plan file');
  if (/^\ufeff?\s*\{"@level"/.test(source))
    throw notPlan(file, 'it is the log of `terraform plan -json`, not the plan');
  try {
    return splitObject(source);
  } catch (error) {
    if (!(error instanceof SplitError)) throw error;
    throw notPlan(file, error.message);
  }
};

const foreignKind = (members: Members): { readonly reason: string; readonly advice?: string } | undefined => {
  if (members.has('encrypted_data'))
    return { reason: 'it is encrypted', advice: 'Run `tofu show -json` with the key.' };
  if (members.has('lineage')) return { reason: 'it is a state file, and a state does not say what will change' };
  if (members.has('planned_values') || members.has('resource_changes')) return undefined;
  if (members.has('values')) return { reason: 'it is a state, and a state does not say what will change' };
  return { reason: 'it has neither planned_values nor resource_changes' };
};

const read = (file: string, members: Members, key: string): unknown => {
  const text = members.get(key);
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    throw notPlan(file, `its ${key} is no JSON`);
  }
};

/** Source: https://developer.hashicorp.com/terraform/internals/json-format#plan-representation */
const partialReason = (file: string, members: Members): string | undefined => {
  if (read(file, members, 'errored') === true) return 'planning ended with an error';
  const deferred = read(file, members, 'deferred_changes');
  if (Array.isArray(deferred) && deferred.length > 0) return 'changes are deferred to a later plan';
  return read(file, members, 'complete') === false
    ? 'it is not complete: made with -target, or with deferred changes'
    : undefined;
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
const refuseUnseen = (file: string, members: Members, changes: readonly Change[]): void => {
  const seen = new Set(changes.flatMap(({ address, previousAddress }) => [address, previousAddress ?? address]));
  const prior = read(file, members, 'prior_state');
  const inState = addressesIn(isRecord(prior) ? prior['values'] : undefined, isJudgedType);
  const planned = addressesIn(read(file, members, 'planned_values'), isJudgedType);
  const unseen = [...inState, ...planned].find(address => !seen.has(address));
  if (unseen === undefined) return;
  if (changes.length === 0)
    throw notWhole(file, `it plans nothing for ${unseen}: it was made with -refresh-only or -target`);
  throw notWhole(file, `it plans nothing for ${unseen}, which is in the state: it was made with -target`);
};
