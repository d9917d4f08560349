export { scriptsOf } from './aws-cli/script.ts';
export { stageScripts } from './aws-cli/stage.ts';
export { obstaclesIn } from './gates/obstacles.ts';
export { involvedClusters } from './involved.ts';
export type { EmitOptions, LiveGate, Phase, PhaseRunbook, State } from './phase.ts';
export { loadPhases } from './phases/load-phases.ts';
export { runbook } from './runbook/document.ts';
export { stage, type Revision, type Staged, type StagedPhase } from './stage.ts';
