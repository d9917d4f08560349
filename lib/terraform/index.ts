export { callSource, computedSource } from './call-source.ts';
export { jsonBlocks, jsonDocuments, jsonMembers, jsonStrings, parseJson } from './json-syntax.ts';
export {
  evaluate,
  evaluateWithErrors,
  filesByPattern,
  filesetOf,
  moduleFile,
  possibleFiles,
  withinWork,
  type Fileset,
  type Scope,
} from './evaluate.ts';
export { spend } from './evaluation/work.ts';
export { blockAddress, createGraph, reaches, readsVariable, type Graph } from './graph.ts';
export { parseModuleSource, type ModuleSource } from './module-source.ts';
export { isBefore, newestOfMajor, settleVersion, type ModuleVersion } from './module-version.ts';
export { joinedPath, pathInside } from './path-inside.ts';
export { installedVersions, modulesJsonPath } from './modules-json.ts';
export { addressOf, bodyReferences, referencesOf, type Reference } from './references.ts';
export * from './requirements.ts';
export { compareText } from './evaluation/order.ts';
export { typeOf } from './evaluation/types.ts';
export { createScope, type Surroundings } from './module-scope.ts';
export { isAutoLoaded } from './auto-loaded.ts';
export { inLoadOrder, readVariableFile, type VariableFile } from './variable-files.ts';
export { changeByType, isPrimitive, isEmpty, isInJson } from './variable-type.ts';
export { evaluatesToFalse, givenByCall, likelyModule, variableValues } from './variable-values.ts';
export * from './root-module.ts';
export { knownHead, knownString, knownText, stringOf, unknown, type Type, type Value } from './value.ts';
export { isDeclaredSensitive, sensitiveVariables } from './sensitive-variables.ts';
export { admits, compareVersions, parseConstraint, parseVersion } from './version.ts';
export { generatedFiles } from './terragrunt-generated.ts';
export { giversOf, type Giver } from './terragrunt-givers.ts';
export { filesWith, fromIncluded } from './terragrunt-includes.ts';
export { sourceWritten } from './terragrunt-unit.ts';
export { foreignLayout, readFileAlone, readRootModule, type Runtime } from './read-root-module.ts';
