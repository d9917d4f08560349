export { awsProviderOf, providerPartition, providersOf } from './clusters/aws-provider.ts';
export {
  awsAuthArguments,
  inlineForm,
  inlineForm17,
  isSilentOnceOff,
  submoduleForm,
} from './aws-auth/aws-auth-forms.ts';
export * from './clusters/cluster.ts';
export { isUnset, modeTold } from './clusters/mode.ts';
export { accessConfigOf, clusterResources, ignoredMode } from './clusters/cluster-resource.ts';
export * from './entries/entry.ts';
export * from './entries/held-rights.ts';
export { lastOfEachKey } from './entries/argument-entries.ts';
export * from './entries/live-entry.ts';
export { entriesOfClusterNamed } from './entries/read-entries.ts';
export { isList, known, readItems, valueOr } from './entries/readable.ts';
export { areImplied } from './expressions/implied.ts';
export { fieldAt, type WrittenField, type WrittenObject } from './expressions/field.ts';
export { groupBy } from '../terraform/group-by.ts';
export { handedOn, jsonFilesWithEks } from './clusters/handed-on.ts';
export { clusterOfData } from './clusters/pair.ts';
export { namedClusters } from './clusters/named-clusters.ts';
export { identityIndex, identityOf, normalizeSource, sameIdentity, type Identity } from './expressions/identity.ts';
export { allOf, anyOf, condition, eitherOf, isOpposite, placeOf, type Piece } from './expressions/piece.ts';
export { namedMember, resolve } from './expressions/resolve.ts';
export { localOutput } from './local-output.ts';
export { configMapName } from './aws-auth/live/live.ts';
export { commentsOfArgument, textOfAdded, type AddedRows } from './aws-auth/call/node-rows.ts';
export { commentedOut, principalsIn } from './expressions/comments.ts';
export { fieldOfGroup, isPinned, pinComment, type WrittenGroup } from './nodes/written-group.ts';
export * from './entries/entries-module.ts';
export { mappingsInUse } from './in-use.ts';
export {
  ignores,
  isInForce,
  manages,
  readsAwsAuth,
  switchOf,
  whenOf,
  type Flag,
  type Mapping,
} from './aws-auth/mapping.ts';
export { findModuleCalls, metaArguments, type ModuleCall } from './clusters/module-call.ts';
export { clusterOfNodes } from './nodes/cluster-of-nodes.ts';
export { indexedName, nodeOwnerOf, type NodeOwner } from './nodes/node-owners.ts';
export { isRoleOfInstances } from './nodes/role-of-instances.ts';
export * from './aws-auth/row.ts';
export { readGivenRows, type UnreadList } from './aws-auth/rows.ts';
export * from './clusters/repetition.ts';
export { gaps, instancesOf } from './clusters/instances.ts';
export { preventsDestroy, readRawResources, type RawResource } from './aws-auth/resource/raw-resource.ts';
export * from './entries/snapshot.ts';
export { switchesOf } from './switches.ts';
export {
  isInline,
  isToldApart,
  liveAlone,
  liveByHand,
  readSource,
  snapshotOf,
  type Emit,
  type Source,
} from './source.ts';
export { handsOverRows, isForWrapper, isOfModule } from './routes/routes.ts';
export { readWrittenMasters } from './kubernetes/written-masters.ts';
export { rowsPutOut } from './routes/commands.ts';
export { readRoutes } from './routes/read-routes.ts';
export { rowsForWrappers, type Wrapper } from './routes/wrappers.ts';
export type { RowsElsewhere } from './routes/rows-elsewhere.ts';
export { groupOfCall, groupsByFor, groupsInCall, nodeGroups, type NodeGroup } from './nodes/node-groups.ts';
export * from './phase-variable/index.ts';
export { addedFiles, generatedAccess } from './callers/added-files.ts';
export { readCaller, type Caller, type CallerPlace, type RootPlace } from './callers/caller.ts';
export { numberedCalls, numberWords, startOf, withoutNumbers, type NumberedCall } from './callers/numbered.ts';
export { ignoresAwsAuth, writersBeside } from './callers/writers.ts';
export { variablesWithRows } from './callers/change-of.ts';
export { asHanded, type Handed } from './callers/handed.ts';
export { nameVariableOf, takenBy } from './callers/taken.ts';
