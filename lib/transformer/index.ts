export type { AccessEntry, PolicyAssociation, RowGrants, RowOutcome } from './entry.ts';
export type { Planned, PlannedList } from './planned.ts';
export { principalOf, principalText, type Principal } from './principal.ts';
export { roleBlock } from './role-path.ts';
export { configProblems } from './config-problems.ts';
export { lastOfMerge } from './form.ts';
export { sayHidden } from './rules/hidden-characters.ts';
export type { TransformOptions } from './context.ts';
export { transform, type Transformed } from './transform.ts';
