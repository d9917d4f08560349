import type { Range } from '../../diagnostics/index.ts';
import { quote } from '../../hcl/index.ts';
import type { Association, Entry } from '../../parser/index.ts';

/** Where Terraform has an object. `resource` is the address of all its instances; `key` is that of `for_each`, or the index of `count`. */
export type Address = { readonly resource: string; readonly key?: string | number };

export const textOf = ({ resource, key }: Address): string =>
  key === undefined ? resource : `${resource}[${typeof key === 'number' ? key : quote(key)}]`;

/** What a source declares. What it does not tell is undefined. */
export type Declared = {
  readonly address: Address;
  readonly entry: Pick<Entry, 'identity' | 'type'>;
  /** As it is written: Terraform wants the live one to be the same, path and all. */
  readonly principalArn?: string;
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
  readonly association: Association;
  readonly maybe?: boolean;
};

/** A part of the source that may declare anything. */
export type Unread = { readonly what: string; readonly range?: Range };

export type Declarations = { readonly declared: readonly Declared[]; readonly unread: readonly Unread[] };
