import type { CheckRule } from '../rule.ts';
import { accessScopes } from './access-scopes.ts';
import { administrators } from './administrators.ts';
import { associationKeys } from './association-keys.ts';
import { awsAuthInUse } from './aws-auth-in-use.ts';
import { bootstrapArgument } from './bootstrap-argument.ts';
import { configMapMode } from './config-map-mode.ts';
import { creatorAdmin } from './creator-admin.ts';
import { cycles } from './cycles.ts';
import { deferredPrincipals } from './deferred-principals.ts';
import { entryTypeNames } from './entry-types.ts';
import { karpenterNames } from './karpenter-names.ts';
import { nodeRoles } from './node-roles.ts';
import { nodeRows } from './node-rows.ts';
import { nodeTypeFields } from './node-type-fields.ts';
import { oneEntryEach } from './one-entry-each.ts';
import { policyArns } from './policy-arns.ts';
import { principals } from './principals.ts';
import { providerFloor } from './provider-floor.ts';
import { releaseFaults } from './release-faults.ts';
import { removedBlocks } from './removed-blocks.ts';
import { reservedGroups } from './reserved-groups.ts';
import { rolePath } from './role-path.ts';
import { rowGroups } from './row-groups.ts';
import { rowWithoutEntry } from './row-without-entry.ts';
import { rowUsernames } from './row-usernames.ts';
import { severalImports } from './import-blocks.ts';
import { sharedNodeRoles } from './shared-node-roles.ts';
import { ssoRegion } from './sso-region.ts';
import { ssoSuffix } from './sso-suffix.ts';
import { usernames } from './usernames.ts';
import { windowsGroups } from './windows-groups.ts';
import { wrongKeys } from './wrong-keys.ts';

/** Every rule of `check`; the order has no meaning. */
export const checkRules: readonly CheckRule[] = [
  awsAuthInUse,
  rowWithoutEntry,
  wrongKeys,
  reservedGroups,
  usernames,
  principals,
  rolePath,
  ssoRegion,
  ssoSuffix,
  entryTypeNames,
  nodeTypeFields,
  nodeRoles,
  oneEntryEach,
  associationKeys,
  policyArns,
  accessScopes,
  cycles,
  deferredPrincipals,
  rowUsernames,
  rowGroups,
  releaseFaults,
  configMapMode,
  creatorAdmin,
  administrators,
  bootstrapArgument,
  providerFloor,
  sharedNodeRoles,
  windowsGroups,
  nodeRows,
  karpenterNames,
  severalImports,
  removedBlocks,
];
