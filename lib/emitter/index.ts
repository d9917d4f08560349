export { scriptsOf } from './aws-cli/script.ts';
export { stageScripts } from './aws-cli/stage.ts';
export { obstaclesIn } from './gates/obstacles.ts';
export type { EmitOptions, Phase, Phased, State } from './phase.ts';
export { loadPhases } from './phases/load-phases.ts';
export { configNames } from './runbook/words.ts';
export { runbook } from './runbook/document.ts';
export { stage, type Revision, type Staged } from './stage.ts';
export { templates } from './templates.generated.ts';
