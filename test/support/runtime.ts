import { createGate } from '../../lib/hcl/gate.ts';
import type { Gate } from '../../lib/hcl/gate.ts';
import type { HclParser } from '../../lib/hcl/parser.ts';
import { sharedParser } from './wasm.ts';

let gate: Promise<Gate> | undefined;

export const testParser = (): Promise<HclParser> => sharedParser();
export const testGate = (): Promise<Gate> => (gate ??= createGate());
