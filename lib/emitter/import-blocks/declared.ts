import type { Config } from '../../config/index.ts';
import type { Range } from '../../diagnostics/index.ts';
import { parsePrincipalArn } from '../../eks/index.ts';
import { attribute, quote, type Body } from '../../hcl/index.ts';
import {
  instanceOf,
  prefixOfInstance,
  isCalled,
  type Association,
  type Cluster,
  type Identity,
  type PhasedSource,
} from '../../parser/index.ts';
import { evaluate, knownString, type RootModule } from '../../terraform/index.ts';

/** Where Terraform has an object. `resource` is the address of all its instances; `key` is that of `for_each`, or the index of `count`. */
export type Address = { readonly resource: string; readonly key?: string | number | undefined };

export const textOf = ({ resource, key }: Address): string =>
  key === undefined ? resource : `${resource}[${typeof key === 'number' ? key : quote(key)}]`;

/** An entry that the source, the creator flag or phase 2 declares. What is not told is undefined. */
export type Declared = {
  readonly address: Address;
  readonly identity: Identity | undefined;
  /** As it is written: Terraform wants the live one to be the same, path and all. */
  readonly principalArn?: string | undefined;
  readonly type: string | undefined;
  readonly associations: readonly DeclaredAssociation[];
  /** It stands under a condition. */
  readonly maybe: boolean;
  /** Phase 2 adds it. */
  readonly later?: true;
  /** `region` of the resource, which is part of an import id. */
  readonly region: Region | undefined;
  readonly range?: Range | undefined;
};

export type DeclaredAssociation = Association & { readonly address: Address; readonly maybe: boolean };

/** Source: terraform-provider-aws, website/docs/guides/enhanced-region-support. */
type Region = { readonly known: string | undefined };

export type Kind = 'entry' | 'policy_association';

export type Place = ReturnType<typeof placeOf>;

/**
 * Where the entries of a cluster are in Terraform, and what a person says about their principals. `moduleAddress` is that of the
 * directory, when it is no root module. Source of the addresses in a call: terraform-aws-modules/eks from 20.0.1 on, main.tf.
 */
export const placeOf = (
  module: RootModule,
  cluster: Cluster | undefined,
  { principals = {} }: Config,
  moduleAddress: string | undefined,
  phased?: PhasedSource,
) => {
  const prefix = moduleAddress === undefined || moduleAddress === 'root' ? '' : `${moduleAddress}.`;
  // Without a call in this directory there are resources only.
  const call = cluster && isCalled(cluster) ? cluster : undefined;
  const instance = call ? prefixOfInstance(call, instanceOf(call, call.repetition)) : '';
  const inside = call?.wrapper ? `${instance}${call.wrapper.call}.` : instance;
  return {
    module,
    /** What the addresses of this directory begin with. */
    prefix,
    inCall: (kind: Kind, key: string): Address => ({
      resource: `${prefix}${inside}aws_eks_access_${kind}.this`,
      key,
    }),
    beside: (kind: Kind, label: string, key: Address['key']): Address => ({
      resource: `${prefix}aws_eks_access_${kind}.${label}`,
      // A variable that says the phase counts it.
      key: key ?? (phased?.arguments.has(`aws_eks_access_${kind}.${label}.count`) ? 0 : undefined),
    }),
    region: call && regionOf(call.block.body, module),
    /** The ARN that the config states for an expression. */
    decided: (source: string) => arnIdentity(principals[source]?.arn),
  };
};

export const arnIdentity = (text: string | undefined): Identity | undefined => {
  const arn = text === undefined ? undefined : parsePrincipalArn(text);
  return arn && { kind: 'arn', arn };
};

export const regionOf = (body: Body, module: RootModule): Region | undefined => {
  const found = attribute(body, 'region');
  return found && found.value.kind !== 'null' ? { known: knownString(evaluate(found.value, module.scope)) } : undefined;
};
