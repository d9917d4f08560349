export { clusterAdminPolicy, policyArn, policyKey, policyProblem } from './access-policies.ts';
export {
  isAccountId,
  isSsoRoleName,
  keyOfPrincipal,
  parsePrincipalArn,
  roleArn,
  samePrincipal,
  principalKey,
  ssoPath,
  ssoPermissionSet,
  type PrincipalArn,
} from './arn.ts';
export {
  defaultUsername,
  entryTypes,
  isAccessEntryType,
  maxAccessEntries,
  type AccessEntryType,
} from './entry-types.ts';
export { waitsForEntries } from './module-outputs.ts';
export {
  awsAuthSubmodule,
  findRelease,
  firstUsable,
  moduleReleases,
  newestRelease,
  windowsAdmitted,
  type ModuleRelease,
} from './module-versions.ts';
export {
  impliedGroup,
  isNodeGroup,
  isNodeUsername,
  looksLikeMasters,
  mastersGroup,
  mayBecomeReserved,
  nodeGroups,
  nodeUsernames,
  reservedPrefix,
  templatesIn,
  usernameProblem,
  usernameRefusal,
} from './reserved.ts';
