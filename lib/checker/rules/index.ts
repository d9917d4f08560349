import type { CheckRule } from '../entries.ts';
import { autoMode, autoNodes } from './auto-mode.ts';
import { awsAuthSwitch, severalImports, removedBlocks } from './blocks.ts';
import {
  administrators,
  bootstrapArgument,
  configMapMode,
  creatorAdmin,
  honouredConfigMap,
  unwrittenMode,
} from './cluster.ts';
import { associationKeys, oneEntryEach } from './doubles.ts';
import { entryTypeNames, nodeTypeFields, reservedGroups, templates, usernames } from './entry-fields.ts';
import { emptyEntries, policiesOfOthers, policiesTwice, policyNames } from './grants.ts';
import { rowsHandedOn } from './handed-on.ts';
import { hurriedAssociations } from './hurried-associations.ts';
import { karpenterNames } from './karpenter.ts';
import { loneAssociations } from './lone-associations.ts';
import { writtenMasters } from './masters.ts';
import { nullPolicies, requiredArguments, requiredFields } from './missing.ts';
import { nodeRoles, nodeRows, sharedNodeRoles, windowsGroups } from './nodes.ts';
import { overriddenWriters } from './overridden.ts';
import { accessScopes, policyArns } from './policies.ts';
import { principals, rolePath, ssoRegion, ssoSuffix } from './principals.ts';
import { providerFloor, releaseFaults } from './releases.ts';
import { awsAuthInUse, rowGroups, rowsElsewhere, rowUsernames, rowWithoutEntry } from './rows.ts';
import { tags } from './tags.ts';
import { cycles, deferredPrincipals } from './waiting.ts';
import { wrongKeys } from './wrong-keys.ts';

/** Every rule of `check`; the order has no meaning. */
export const checkRules: readonly CheckRule[] = [
  awsAuthInUse,
  rowWithoutEntry,
  rowsElsewhere,
  rowsHandedOn,
  overriddenWriters,
  wrongKeys,
  reservedGroups,
  usernames,
  templates,
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
  unwrittenMode,
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
  awsAuthSwitch,
  emptyEntries,
  policiesTwice,
  policyNames,
  policiesOfOthers,
  requiredFields,
  requiredArguments,
  nullPolicies,
  tags,
  loneAssociations,
  hurriedAssociations,
  honouredConfigMap,
  autoMode,
  autoNodes,
  writtenMasters,
];
