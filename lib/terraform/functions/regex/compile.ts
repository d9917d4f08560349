import { giveUp, spend } from '../../evaluation/work.ts';
import type { CodeRange, Place, Regex } from './tree.ts';

/** `split` tries `first` before `second`. */
export type Instruction =
  | { readonly kind: 'set'; readonly ranges: readonly CodeRange[]; readonly negated: boolean }
  | { readonly kind: 'split'; first: number; second: number }
  | { readonly kind: 'save'; readonly slot: number }
  | { readonly kind: 'assertion'; readonly at: Place }
  | { readonly kind: 'match' };

const largest = 5000;

/** A program for the matcher; each instruction goes on to the next one. Source: Go's regexp/syntax/compile.go. */
export const compileRegex = (tree: Regex): readonly Instruction[] => {
  const program: Instruction[] = [];
  emit(program, tree);
  program.push({ kind: 'match' });
  return program;
};

const add = (program: Instruction[], instruction: Instruction): number => {
  spend(1);
  if (program.length > largest) return giveUp();
  return program.push(instruction) - 1;
};

const split = (program: Instruction[]): Extract<Instruction, { kind: 'split' }> => {
  const instruction = { kind: 'split' as const, first: 0, second: 0 };
  add(program, instruction);
  return instruction;
};

const emit = (program: Instruction[], node: Regex): void => {
  switch (node.kind) {
    case 'empty':
      return;
    case 'set':
    case 'assertion':
      add(program, node);
      return;
    case 'group':
      add(program, { kind: 'save', slot: node.index * 2 });
      emit(program, node.inner);
      add(program, { kind: 'save', slot: node.index * 2 + 1 });
      return;
    case 'sequence':
      for (const item of node.items) emit(program, item);
      return;
    case 'choice':
      emitChoice(program, node.items);
      return;
    case 'repeat':
      emitRepeat(program, node);
  }
};

const emitChoice = (program: Instruction[], items: readonly Regex[]): void => {
  const ends: Extract<Instruction, { kind: 'split' }>[] = [];
  for (const [index, item] of items.entries()) {
    if (index === items.length - 1) {
      emit(program, item);
      break;
    }
    const branch = split(program);
    branch.first = program.length;
    emit(program, item);
    ends.push(split(program));
    branch.second = program.length;
  }
  for (const end of ends) end.first = end.second = program.length;
};

type Repeat = Extract<Regex, { kind: 'repeat' }>;

const emitRepeat = (program: Instruction[], { inner, least, most, greedy }: Repeat): void => {
  for (let count = 1; count < least; count++) emit(program, inner);
  if (most === Infinity) {
    if (least === 0 && !isNullable(inner)) return emitStar(program, inner, greedy);
    // An inner expression that may be empty is tried once and then repeated, for the order of what is preferred.
    if (least === 0) return emitOptional(program, () => emitPlus(program, inner, greedy), greedy);
    return emitPlus(program, inner, greedy);
  }
  if (least > 0) emit(program, inner);
  emitUpTo(program, inner, most - least, greedy);
};

/** `(x(x(x)?)?)?` */
const emitUpTo = (program: Instruction[], inner: Regex, most: number, greedy: boolean): void => {
  if (most <= 0) return;
  const branches: Extract<Instruction, { kind: 'split' }>[] = [];
  for (let count = 0; count < most; count++) {
    const branch = split(program);
    direct(branch, greedy, program.length);
    emit(program, inner);
    branches.push(branch);
  }
  for (const branch of branches) direct(branch, !greedy, program.length);
};

/** Where a branch goes when it goes on, or with `inside` false when it is done. */
const direct = (branch: Extract<Instruction, { kind: 'split' }>, first: boolean, to: number): void => {
  if (first) branch.first = to;
  else branch.second = to;
};

const emitStar = (program: Instruction[], inner: Regex, greedy: boolean): void => {
  const start = program.length;
  const branch = split(program);
  direct(branch, greedy, program.length);
  emit(program, inner);
  const back = split(program);
  back.first = back.second = start;
  direct(branch, !greedy, program.length);
};

const emitPlus = (program: Instruction[], inner: Regex, greedy: boolean): void => {
  const start = program.length;
  emit(program, inner);
  const branch = split(program);
  direct(branch, greedy, start);
  direct(branch, !greedy, program.length);
};

const emitOptional = (program: Instruction[], inner: () => void, greedy: boolean): void => {
  const branch = split(program);
  direct(branch, greedy, program.length);
  inner();
  direct(branch, !greedy, program.length);
};

const isNullable = (node: Regex): boolean => {
  switch (node.kind) {
    case 'empty':
    case 'assertion':
      return true;
    case 'set':
      return false;
    case 'group':
      return isNullable(node.inner);
    case 'sequence':
      return node.items.every(isNullable);
    case 'choice':
      return node.items.some(isNullable);
    case 'repeat':
      return node.least === 0 || isNullable(node.inner);
  }
};
