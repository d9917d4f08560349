export { scriptsOf } from './aws-cli/script.ts';
export { stageScripts } from './aws-cli/stage.ts';
export { gatesOf } from './gates/gates-of.ts';
export { involvedClusters } from './involved.ts';
export type { EmitOptions, LiveGate, Phase, PhaseRunbook, State } from './phase.ts';
export { phases } from './phases/index.ts';
export { runbook } from './runbook/document.ts';
export { splits } from './splits.ts';
export { stage, type Revision, type Staged, type StagedPhase } from './stage.ts';
