import type { Range } from '../../diagnostics/index.ts';
import { quote } from '../../hcl/index.ts';
import type { Identity } from '../../parser/index.ts';

/** Where Terraform has an object. `resource` is the address of all its instances; `key` is 0 for the one of `count`. */
export type Address = { readonly resource: string; readonly key?: string | 0 };

export const textOf = ({ resource, key }: Address): string =>
  key === undefined ? resource : `${resource}[${key === 0 ? '0' : quote(key)}]`;

/** What a source declares. What it does not tell is undefined. */
export type Declared = {
  readonly address: Address;
  readonly identity?: Identity;
  /** As it is written: Terraform wants the live one to be the same, path and all. */
  readonly principalArn?: string;
  readonly type?: string;
  readonly associations: readonly DeclaredAssociation[];
  /** `maybe`: under a condition. `later`: phase 2 adds it. */
  readonly maybe?: boolean;
  readonly later?: boolean;
  /** `region` of the resource, which is part of an import id. */
  readonly region?: Region;
  readonly range?: Range;
};

/** Source: terraform-provider-aws, website/docs/guides/enhanced-region-support. */
export type Region = { readonly known?: string };

export type DeclaredAssociation = {
  readonly address: Address;
  /** The last part of the policy's ARN. */
  readonly policy: string;
  readonly scope?: string;
  readonly namespaces?: readonly string[];
  readonly maybe?: boolean;
};

/** A part of the source that may declare anything. */
export type Unread = { readonly what: string; readonly range?: Range };

export type Declarations = { readonly declared: readonly Declared[]; readonly unread: readonly Unread[] };
