export { awsProviderOf, providerPartition } from './aws-provider.ts';
export {
  awsAuthArguments,
  inlineForm,
  inlineForm17,
  inlineFormOf,
  submoduleForm,
  type AwsAuthForm,
} from './aws-auth-forms.ts';
export { clusterNameSource, isInlineRelease, modeIsApi, staysPut, type Cluster, type Mode } from './cluster.ts';
export type { ExistingEntries } from './existing-entries.ts';
export type { EntryItem, ExistingEntry, HeldPolicy } from './existing-entry.ts';
export { fieldAt, fieldOf, indentationOf } from './field.ts';
export { handedOn, type HandedOn } from './handed-on.ts';
export { identityOf, normalizeSource, sameIdentity, type Identity } from './identity.ts';
export { allOf } from './lists/guards.ts';
export { placeOf, textOf, type Piece } from './lists/piece.ts';
export { resolve } from './lists/resolve.ts';
export { configMapName, type Live } from './live.ts';
export { textOfAdded, type AddedRows } from './node-rows.ts';
export { isPinned, pinComment } from './pin.ts';
export { fieldOfGroup, flagOf, givenGroups, type GivenGroup } from './node-groups.ts';
export { isPlannedEntries, plannedNames } from './planned-names.ts';
export { isInForce, manages, type Flag, type Mapping } from './mapping.ts';
export { findModuleCalls, metaArguments, passedProvider, type ModuleCall } from './module-call.ts';
export { nodeOwnerOf, type NodeOwner } from './node-owners.ts';
export { meaningOf, positionOf, type Field, type Meaning, type Row, type RowList } from './row.ts';
export { readGivenRows, type UnreadList } from './rows.ts';
export { instanceOf, nameOfInstance, repetitionOf, sameInstances, type Repetition } from './repetition.ts';
export { preventsDestroy, readRawResources, type RawResource, type Refused } from './raw/index.ts';
export { readSnapshot } from './read-snapshot.ts';
export { snapshotCluster, type LiveEntry, type LivePolicy, type ManagedObject, type Snapshot } from './snapshot.ts';
export { standaloneEntriesOf } from './standalone-entries.ts';
export { liveAlone, liveByHand, readSource, type Emit, type Pair, type Source } from './source.ts';
export { readsAwsAuth, type SecondWriter } from './writers.ts';
export type { WrittenAssociation, WrittenEntry } from './written-entries.ts';
export { fieldsOf, objectOf, type WrittenField, type WrittenObject } from './written-object.ts';
export { readNodeGroups, type NodeGroup } from './node-groups.ts';
export { versionOf } from './cluster.ts';
