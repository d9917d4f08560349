import { mastersGroup } from '../../eks/index.ts';

/**
 * APIs whose objects decide by the groups of whoever sends a request: admission, in the API server and in Kyverno and Gatekeeper, and
 * its priority. Sources: https://kubernetes.io/docs/reference/access-authn-authz/extensible-admission-controllers/,
 * https://kubernetes.io/docs/reference/access-authn-authz/validating-admission-policy/, https://kyverno.io/docs/policy-types/,
 * https://open-policy-agent.github.io/gatekeeper/website/docs/howto/,
 * https://kubernetes.io/docs/concepts/cluster-administration/flow-control/
 */
const groupPattern =
  /^(?:admissionregistration\.k8s\.io|flowcontrol\.apiserver\.k8s\.io|(?:policies\.)?kyverno\.io|(?:templates|constraints)\.gatekeeper\.sh)$/;

/** Whether objects of an API may look at the groups of a request. */
export const looksAtGroups = (group: string): boolean => groupPattern.test(group);

/** Where it is no more than told: what it says to people, and what others note down about it. */
const told = /^(?:message|message_?expression|description)$/i;
const noted = ['apiVersion', 'kind', 'metadata', 'status'];

/** A longer name is another one. */
const named = new RegExp(String.raw`(?<![\w:.-])${mastersGroup}(?![\w:-])`);

/** Whether a text, such as an expression of CEL, names the group system:masters. */
const namesMasters = (text: string): boolean => named.test(text);

/** The fields of an object that name system:masters, as `spec.rules[0].subjects[1].name`. */
export const mastersIn = (fields: Readonly<Record<string, unknown>>): readonly string[] =>
  Object.entries(fields).flatMap(([key, value]) => (noted.includes(key) ? [] : placesIn(value, keyText('', key))));

const placesIn = (value: unknown, path: string): readonly string[] => {
  if (typeof value === 'string') return namesMasters(value) && !rowKey.test(value) ? [path] : [];
  if (Array.isArray(value)) return value.flatMap((item: unknown, index) => placesIn(item, `${path}[${index}]`));
  if (typeof value !== 'object' || value === null || isRow(value)) return [];
  return Object.entries(value).flatMap(([key, member]) =>
    told.test(key) ? [] : [...placesIn(key, keyText(path, key)), ...placesIn(member, keyText(path, key))],
  );
};

/** A row of aws-auth gives the group, and looks for nothing. */
const rowKey = /\b(?:role|user)arn\b/i;
const isRow = (value: object): boolean => Object.keys(value).some(key => rowKey.test(key));

const keyText = (path: string, key: string): string => {
  if (!/^[\w-]+$/.test(key)) return `${path}[${JSON.stringify(key)}]`;
  return path === '' ? key : `${path}.${key}`;
};
