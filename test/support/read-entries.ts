import { parse } from '@cdktf/hcl2json';

/** An entry as HashiCorp's parser reads it. */
export type WrittenEntry = {
  readonly principal_arn: string;
  readonly type?: string;
  readonly kubernetes_groups?: readonly string[];
  readonly user_name?: string;
  readonly policy_associations?: Readonly<Record<string, { policy_arn: string; access_scope: { type: string } }>>;
};

type Parsed = {
  readonly module: Readonly<Record<string, readonly { access_entries?: Readonly<Record<string, WrittenEntry>> }[]>>;
  readonly data?: { readonly aws_iam_roles?: Readonly<Record<string, readonly { name_regex: string }[]>> };
};

/** `access_entries` of module.eks, by key, with the principals that a data source looks up put in by name. */
export const readEntries = async (text: string): Promise<ReadonlyMap<string, WrittenEntry>> => {
  const parsed = plain(await parse('main.tf', text)) as Parsed;
  const lookups = parsed.data?.aws_iam_roles ?? {};
  return new Map(
    Object.entries(parsed.module['eks']?.[0]?.access_entries ?? {}).map(([key, entry]) => {
      const label = /^\$\{one\(data\.aws_iam_roles\.(\w+)\.arns\)\}$/.exec(entry.principal_arn)?.[1];
      const regex = label === undefined ? undefined : lookups[label]?.[0]?.name_regex;
      const name = regex?.replace(/^\^|\$$/g, '').replaceAll('\\', '');
      return [key, name === undefined ? entry : { ...entry, principal_arn: `looked-up:role/${name}` }];
    }),
  );
};

/** hcl2json keeps the escapes of templates in strings. */
const plain = (value: unknown): unknown => {
  if (typeof value === 'string') return value.replaceAll('$${', '${').replaceAll('%%{', '%{');
  if (Array.isArray(value)) return value.map(plain);
  if (value instanceof Object) return Object.fromEntries(Object.entries(value).map(([key, own]) => [key, plain(own)]));
  return value;
};
