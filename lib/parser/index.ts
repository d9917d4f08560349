export { awsProviderOf, providerPartition } from './clusters/aws-provider.ts';
export { awsAuthArguments, inlineForm, inlineForm17, submoduleForm } from './aws-auth/aws-auth-forms.ts';
export {
  clusterNameSource,
  headerOf,
  isCalled,
  isFork,
  isInlineRelease,
  isInSource,
  isMadeHere,
  modeIsApi,
  staysPut,
  versionOf,
  type CalledCluster,
  type Cluster,
  type ClusterInSource,
  type ResourceCluster,
} from './clusters/cluster.ts';
export {
  entryType,
  isCertain,
  type Association,
  type Entry,
  type ResourceInstance,
  type WrittenAssociation,
  type WrittenEntry,
} from './entries/entry.ts';
export { clusterAdmin, covers, holdsGroup, holdsPolicy, type WantedPolicy } from './entries/held-rights.ts';
export { lastOfEachKey } from './entries/argument-entries.ts';
export { associationOf, creatorEntry, creatorKey, creatorPolicyKey, entryOfLive } from './entries/live-entry.ts';
export { entriesOfClusterNamed } from './entries/read-entries.ts';
export { isList, known, readItems, valueOr } from './entries/readable.ts';
export { type WrittenObject } from './expressions/field.ts';
export { groupBy } from '../terraform/group-by.ts';
export { handedOn, jsonFilesWithEks } from './clusters/handed-on.ts';
export { identityOf, normalizeSource, sameIdentity, type Identity } from './expressions/identity.ts';
export { allOf, condition, eitherOf, isOpposite, placeOf, type Piece } from './expressions/piece.ts';
export { resolve } from './expressions/resolve.ts';
export { configMapName } from './aws-auth/live/live.ts';
export { commentsOfArgument, textOfAdded, type AddedRows } from './aws-auth/call/node-rows.ts';
export { commentedOut } from './expressions/comments.ts';
export { fieldOfGroup, isPinned, pinComment } from './nodes/written-group.ts';
export { entriesModule, isPlannedEntries, plannedEntries } from './entries/entries-module.ts';
export { isInForce, manages, readsAwsAuth, type Flag, type Mapping } from './aws-auth/mapping.ts';
export { findModuleCalls, metaArguments, type ModuleCall } from './clusters/module-call.ts';
export { indexedName, nodeOwnerOf } from './nodes/node-owners.ts';
export { meaningOf, positionOf, type Field, type Meaning, type Row } from './aws-auth/row.ts';
export { readGivenRows, type UnreadList } from './aws-auth/rows.ts';
export { instanceOf, nameOfInstance, repetitionOf, sameInstances, type Repetition } from './clusters/repetition.ts';
export { preventsDestroy, readRawResources } from './aws-auth/resource/raw-resource.ts';
export {
  isSnapshotOf,
  snapshotCluster,
  type LiveEntry,
  type ManagedObject,
  type Snapshot,
} from './entries/snapshot.ts';
export { switchesOf } from './switches.ts';
export { isInline, liveAlone, liveByHand, readSource, type Emit, type Source } from './source.ts';
export { groupOfCall, groupsInCall, nodeGroups, type NodeGroup } from './nodes/node-groups.ts';
