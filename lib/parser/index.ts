export { awsProviderOf, providerPartition } from './clusters/aws-provider.ts';
export {
  awsAuthArguments,
  inlineForm,
  inlineForm17,
  inlineFormOf,
  submoduleForm,
  type AwsAuthForm,
} from './aws-auth/aws-auth-forms.ts';
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
  type Mode,
  type ResourceCluster,
} from './clusters/cluster.ts';
export {
  entryType,
  isCertain,
  type Association,
  type Entry,
  type Presence,
  type ResourceInstance,
  type WrittenAssociation,
  type WrittenEntry,
} from './entries/entry.ts';
export { clusterAdmin, covers, holdsGroup, holdsPolicy, type Held, type WantedPolicy } from './entries/held-rights.ts';
export { creatorEntry, creatorKey, creatorPolicyKey } from './entries/creator-entry.ts';
export { associationOf, entryOfLive } from './entries/live-entry.ts';
export { entriesOfClusterNamed, type WrittenEntries } from './entries/read-entries.ts';
export { absent, isList, known, readItems, unreadable, valueOr, type Readable } from './entries/readable.ts';
export { fieldAt, fieldOf, indentationOf } from './expressions/field.ts';
export { handedOn, type HandedOn } from './clusters/handed-on.ts';
export { jsonFilesWithEks } from './clusters/json-calls.ts';
export { identityOf, normalizeSource, sameIdentity, type Identity } from './expressions/identity.ts';
export { allOf } from './expressions/guards.ts';
export { placeOf, textOf, type Piece } from './expressions/piece.ts';
export { resolve } from './expressions/resolve.ts';
export { configMapName, type Live } from './aws-auth/live/live.ts';
export { commentsOfArgument } from './aws-auth/call/node-arns.ts';
export { textOfAdded, type AddedRows } from './aws-auth/call/node-rows.ts';
export { isPinned, pinComment } from './nodes/pin.ts';
export { isPlannedEntries, plannedNames } from './entries/planned-names.ts';
export { isInForce, manages, type Flag, type Mapping } from './aws-auth/mapping.ts';
export {
  findModuleCalls,
  metaArguments,
  passedProvider,
  type Addressed,
  type ModuleCall,
} from './clusters/module-call.ts';
export { nodeOwnerOf, type NodeOwner } from './nodes/node-owners.ts';
export { meaningOf, positionOf, type Field, type Meaning, type Row, type RowList } from './aws-auth/row.ts';
export { readGivenRows, type UnreadList } from './aws-auth/rows.ts';
export { instanceOf, nameOfInstance, repetitionOf, sameInstances, type Repetition } from './clusters/repetition.ts';
export { preventsDestroy, readRawResources, type RawResource, type Refused } from './aws-auth/resource/index.ts';
export {
  snapshotCluster,
  type LiveEntry,
  type LivePolicy,
  type ManagedObject,
  type Snapshot,
} from './entries/snapshot.ts';
export { isInline, liveAlone, liveByHand, readSource, type Emit, type Pair, type Source } from './source.ts';
export { readsAwsAuth, type SecondWriter } from './aws-auth/writers.ts';
export { fieldsOf, objectOf, type WrittenField, type WrittenObject } from './expressions/written-object.ts';
export { groupOfCall, groupsInCall, nodeGroups, type NodeGroup } from './nodes/node-groups.ts';
export { fieldOfGroup } from './nodes/written-group.ts';
