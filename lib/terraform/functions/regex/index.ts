export { compileRegex, type Instruction } from './compile.ts';
export { matchRegex, type Match } from './match.ts';
export { parseRegex, type ParsedRegex } from './parse.ts';
