import { isRecord } from '../../parser/entries/snapshot.ts';
import { defined, refusalOf } from '../../diagnostics/index.ts';
import { readAwsAuth, type AwsAuth, type ConfigMapData } from '../../parser/aws-auth/live/aws-auth.ts';
import { readConfigMap } from '../../parser/aws-auth/live/read-config-map.ts';
import { isSensitive, isUnknown, textAt, valueAt } from './attribute.ts';
import type { Change, Planned, Side } from './change.ts';

/** A resource that writes aws-auth, and its rows. `unknown`: they are known after the apply, or are not in the plan. */
export type AwsAuthResource = Planned<AwsAuthSide>;

export type AwsAuthSide = { readonly rows: AwsAuth | 'unknown'; readonly sensitive: boolean };

/**
 * The ConfigMap of the aws-auth module and others of that name, whatever resource writes it. Undefined for other ConfigMaps.
 * Source: https://github.com/terraform-aws-modules/terraform-aws-eks/blob/v20.37.2/modules/aws-auth/main.tf
 */
export const awsAuthOf = async (change: Change): Promise<AwsAuthResource | undefined> => {
  if (!isAwsAuth(change)) return undefined;
  const [before, after] = await Promise.all([sideOf(change, change.before), sideOf(change, change.after)]);
  return { change, ...defined({ before, after }) };
};

const pathsOfName: Readonly<Record<string, readonly (string | number)[]>> = {
  kubernetes_manifest: ['manifest', 'metadata'],
  kubectl_manifest: [],
};

const isAwsAuth = (change: Change): boolean => {
  const path = pathsOfName[change.type] ?? ['metadata', 0];
  const kindOf = (side: Side): string | undefined =>
    textAt(side, ...(change.type === 'kubernetes_manifest' ? ['manifest', 'kind'] : ['kind']));
  const named = (side: Side): boolean | undefined => {
    const name = textAt(side, ...path, 'name');
    if (name === undefined) return undefined;
    const namespace = textAt(side, ...path, 'namespace') ?? 'kube-system';
    return name === 'aws-auth' && namespace === 'kube-system' && (kindOf(side) ?? 'ConfigMap') === 'ConfigMap';
  };
  // The modules call the resource aws_auth; that counts where the name is not known.
  return named(change.after) ?? named(change.before) ?? change.name === 'aws_auth';
};

const sideOf = async (change: Change, side: Side): Promise<AwsAuthSide | undefined> => {
  if (side.value === undefined) return undefined;
  if (change.type === 'kubectl_manifest') return bodyOf(side);
  const path = change.type === 'kubernetes_manifest' ? ['manifest', 'data'] : ['data'];
  if (isUnknown(side, ...path)) return { rows: 'unknown', sensitive: false };
  const data = valueAt(side, ...path);
  const texts = Object.entries(isRecord(data) ? data : {}).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string',
  );
  return { rows: await readAwsAuth(new Map(texts)), sensitive: isSensitive(side, ...path) };
};

/** The provider keeps the whole manifest as text, marked sensitive. Source: gavinbunney/terraform-provider-kubectl, kubernetes/resource_kubectl_manifest.go. */
const bodyOf = async (side: Side): Promise<AwsAuthSide> => {
  const text = textAt(side, 'yaml_body');
  const data = text === undefined ? undefined : await dataOf(text);
  return data ? { rows: await readAwsAuth(data), sensitive: true } : { rows: 'unknown', sensitive: false };
};

const dataOf = (text: string): Promise<ConfigMapData | undefined> =>
  readConfigMap('yaml_body', text).catch((error: unknown) => void refusalOf(error));
