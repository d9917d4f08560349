export type * from './tree.ts';
export type { Gate } from './gate-type.ts';
export { createHclParser, type HclParser, type ParserWasm } from './parser.ts';
export * from './walk.ts';
export * from './edits.ts';
export * from './append.ts';
export * from './removals.ts';
export * from './print.ts';
export { alignAll, realign } from './align.ts';
