export { jsonBlocks, jsonDocuments, jsonMembers, parseJson } from './json-syntax.ts';
export { evaluate, evaluateWithErrors, withinWork, type Scope } from './evaluate.ts';
export { spend } from './evaluation/work.ts';
export { blockAddress, createGraph, reaches, type Graph } from './graph.ts';
export { parseModuleSource, type ModuleSource } from './module-source.ts';
export { isBefore, settleVersion, type ModuleVersion } from './module-version.ts';
export { moduleFile } from './module-file.ts';
export { pathInside } from './functions/files.ts';
export { installedVersions, modulesJsonPath } from './modules-json.ts';
export { addressOf, bodyReferences, referencesOf, type Reference } from './references.ts';
export {
  constraintsAgainst,
  engineConstraints,
  overlap,
  providerConstraints,
  writtenConstraints,
  type WrittenConstraint,
} from './requirements.ts';
export { compareText } from './evaluation/order.ts';
export { typeOf } from './evaluation/types.ts';
export { createScope, type Surroundings } from './module-scope.ts';
export { readVariableFile, type VariableFile } from './variable-files.ts';
export {
  blockTitle,
  blocksOf,
  createRootModule,
  isOverride,
  stringAttribute,
  type PlacedAttribute,
  type PlacedBlock,
  type RootModule,
} from './root-module.ts';
export { knownHead, knownString, knownText, stringOf, unknown, type Type, type Value } from './value.ts';
export { sensitiveVariables } from './sensitive-variables.ts';
export { admits, compareVersions, parseConstraint, parseVersion } from './version.ts';
export { foreignLayout, readRootModule, type Runtime } from './read-root-module.ts';
