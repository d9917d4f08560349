import { appendAfterBlock, sourceOf, type Edit } from '../../hcl/index.ts';
import { phaseNumbers, phaseReference, phaseVariable } from '../../parser/index.ts';
import { isOverride, type PlacedBlock, type RootModule } from '../../terraform/index.ts';

/** The declaration. It takes no phase before that of the source, which all environments have. */
const declaration = (least: number): string => {
  const numbers = phaseNumbers.filter(number => number >= least);
  const last = numbers.at(-1);
  const listed = numbers.length === 1 ? String(last) : `${numbers.slice(0, -1).join(', ')} or ${last}`;
  return `variable "${phaseVariable}" {
  description = "How far this environment has come from aws-auth to access entries: 1 the cluster takes entries, 2 they are there, 3 aws-auth is gone, 4 entries alone count. Go one up with each apply."
  type        = number
  default     = ${least}
  nullable    = false

  validation {
    condition     = contains([${numbers.join(', ')}], ${phaseReference})
    error_message = "${phaseVariable} must be ${listed}."
  }
}`;
};

/**
 * Declares the variable where others stand, below everything, so that no line of the file moves. `known`: its block in the source, which
 * stays as its author has it.
 */
export const declareVariable = (
  module: RootModule,
  beside: PlacedBlock,
  least: number,
  known: PlacedBlock | undefined,
): Edit => {
  const inFile = (file: string): readonly PlacedBlock[] => module.blocks.filter(block => block.in.file === file);
  const files = module.files.map(({ file }) => file).filter(file => !isOverride(file) && inFile(file).length > 0);
  const found = files.find(file => (known ? file === known.in.file : /^variables\.(tf|tofu)$/.test(file)));
  const last = inFile(found ?? beside.in.file).at(-1) ?? beside;
  return appendAfterBlock(last.in, last, known ? sourceOf(known.in.text, known.range) : declaration(least));
};
