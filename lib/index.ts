export { check, type CheckOptions, type CheckResult } from './check.ts';
export { convert, type ConvertOptions, type ConvertResult, type Revision, type Runtime } from './convert.ts';
export { importBlocks, type ImportBlocksOptions, type ImportBlocksResult } from './import-blocks.ts';
export {
  docsUrl,
  exitStatus,
  phaseIds,
  type Code,
  type Diagnostic,
  type PhaseId,
  type Range,
  type Severity,
} from './diagnostics/index.ts';
export type { Config } from './config/config.ts';
export type { ConfigFile } from './config/merge-configs.ts';
export type { LiveEntry, LivePolicy, ManagedObject, Snapshot } from './parser/entries/snapshot.ts';
export { readSnapshot } from './parser/entries/read-snapshot.ts';
export type { Report, ReportRow } from './report/report.ts';
export type { PlanChange, PlanCluster, PlanVerdict } from './verifier/plan/verdict.ts';
export { verifyPlan, type PlanOptions } from './verifier/plan/verify-plan.ts';
export {
  verifyAccess,
  type AccessOptions,
  type AccessResult,
  type GrantedAccess,
  type PrincipalAccess,
  type SubjectBindings,
} from './verifier/access/verify-access.ts';
