import type { Config } from '../../config/index.ts';
import { parsePrincipalArn } from '../../eks/index.ts';
import { attribute, type Body } from '../../hcl/index.ts';
import { instanceOf, isCalled, type Cluster, type Identity } from '../../parser/index.ts';
import { evaluate, knownString, type RootModule } from '../../terraform/index.ts';
import type { Address, Region } from './declared.ts';

/** Where the entries of a cluster are in Terraform, and what a person says about their principals. */
export type Place = {
  readonly module: RootModule;
  readonly entryAt: (key: string) => Address;
  readonly associationAt: (key: string) => Address;
  /** The address of a resource of this directory. */
  readonly resourceAt: (type: string, label: string, key?: string | number) => Address;
  readonly region?: Region;
  /** The ARN that the config states for an expression. */
  readonly decided: (source: string | undefined) => Identity | undefined;
};

/** `moduleAddress` is that of the directory, when it is no root module. */
export const placeOf = (
  module: RootModule,
  cluster: Cluster | undefined,
  { principals = {} }: Config,
  moduleAddress: string | undefined,
): Place => {
  const prefix = moduleAddress === undefined ? '' : `${moduleAddress}.`;
  // Without a call in this directory there are resources only.
  const here = cluster && isCalled(cluster) ? cluster : undefined;
  const call = here ? `${prefix}${instanceOf(here, here.repetition)}` : prefix;
  const region = here && regionOf(here.block.body, module);
  return {
    module,
    entryAt: key => ({ resource: `${call}.aws_eks_access_entry.this`, key }),
    associationAt: key => ({ resource: `${call}.aws_eks_access_policy_association.this`, key }),
    resourceAt: (type, label, key) => ({
      resource: `${prefix}${type}.${label}`,
      ...(key === undefined ? {} : { key }),
    }),
    ...(region ? { region } : {}),
    decided: source => {
      const text = source === undefined ? undefined : principals[source]?.arn;
      const arn = text === undefined ? undefined : parsePrincipalArn(text);
      return arn && { kind: 'arn', arn };
    },
  };
};

export const regionOf = (body: Body, module: RootModule): Region | undefined => {
  const found = attribute(body, 'region');
  if (!found || found.value.kind === 'null') return undefined;
  const known = knownString(evaluate(found.value, module.scope));
  return known === undefined ? {} : { known };
};
