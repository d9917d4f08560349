import {
  attribute,
  attributesOf,
  blocks,
  findExpression,
  unwrapParentheses,
  type Attribute,
  type Body,
  type Edit,
  type Expression,
} from '../../hcl/index.ts';
import type { PhaseId, Range } from '../../diagnostics/index.ts';
import { blockAddress, plainBlocksOf, type PlacedBlock, type RootModule } from '../../terraform/index.ts';

/** The variable that says at which phase an environment is. */
export const phaseVariable = 'access_entries_phase';

/** HCL of it. */
export const phaseReference = `var.${phaseVariable}`;

/** The phases that an environment reaches by a value of it, from 1 on: those whose changes Terraform can make by a value. */
export const phasesByValue: readonly PhaseId[] = ['enable-api', 'add-access-entries', 'remove-aws-auth', 'api-only'];

/** The values that it takes. At 0 an environment is where it was. */
export const phaseNumbers: readonly number[] = [0, ...phasesByValue.map((_, index) => index + 1)];

/** The number at which nothing is left to do but the clean-up. */
export const lastNumber = phasesByValue.length;

/** What a person writes for a phase: the variable, or the one that a call hands on; of any other expression it is said what it must give. */
export const numberText = (number: number, given: string = phaseReference): string => {
  const name = /^var\.([\w-]+)$/.exec(given)?.[1];
  return name === undefined ? `${given.replaceAll(/\s+/g, ' ')} must give ${number}` : `${name} = ${number}`;
};

/** The arguments of the module that converts rows at plan time that hold rows. */
export const rowArguments: ReadonlySet<string> = new Set([
  'roles',
  'roles_with_paths',
  'users',
  'accounts',
  'node_rows',
]);

/** How an argument is written under the variable: text on either side of what it is without, or in place of it. */
export type Written = { readonly before: string; readonly after: string } | { readonly whole: string };

/** A source that serves several environments, each at a phase of its own. */
export type PhasedSource = {
  readonly block: PlacedBlock;
  /** The phase of an environment that says nothing; undefined where each has to. */
  readonly fallback?: number;
  /** The lowest phase that it takes: the source has what comes before for all environments. */
  readonly least: number;
  /** The arguments under the variable, by address: `module.eks.access_entries`. */
  readonly arguments: ReadonlyMap<string, Written>;
  /** What takes the variable out again, by file. */
  readonly edits: ReadonlyMap<string, readonly Edit[]>;
  /** What makes of it the source as it was before phase 1, by file. */
  readonly editsToStart: ReadonlyMap<string, readonly Edit[]>;
  /** The keys of entries that were there before, where entries of phase 2 stand among them. */
  readonly kept: readonly string[];
  /** Where it is read in a way that is nobody's but the author's. */
  readonly others: readonly Range[];
};

export const declaredPhase = (module: RootModule): PlacedBlock | undefined =>
  plainBlocksOf(module, 'variable', phaseVariable)[0];

/** A number that the declaration has as a literal. */
export const numberOf = (value: Expression | undefined): number | undefined => {
  const inner = value && unwrapParentheses(value);
  return inner?.kind === 'number' && /^\d+$/.test(inner.text) ? Number(inner.text) : undefined;
};

export const fallbackOf = ({ body }: PlacedBlock): number | undefined => numberOf(attribute(body, 'default')?.value);

/** The first of the numbers that its validation lists. */
export const leastOf = ({ body }: PlacedBlock): number => {
  const listed = blocks(body, 'validation').flatMap(({ body: { items } }) =>
    items.flatMap(item => {
      if (item.kind !== 'attribute' || item.name !== 'condition') return [];
      const list = findExpression(item.value, ({ kind }) => kind === 'tuple');
      return list?.kind === 'tuple' ? list.items.flatMap(one => numberOf(one) ?? []) : [];
    }),
  );
  return listed.length === 0 ? 0 : Math.min(...listed);
};

export const isPhase = (expression: Expression): boolean =>
  expression.kind === 'get' &&
  expression.name === phaseVariable &&
  expression.of.kind === 'variable' &&
  expression.of.name === 'var';

/** An argument at top level of a block, or in a block inside one, with the address it has there. */
export type Placed = { readonly address: string; readonly argument: Attribute; readonly block: PlacedBlock };

export const placedArguments = (module: RootModule): readonly Placed[] =>
  module.blocks.flatMap(block => {
    const address = blockAddress(block.type, block.labels) ?? [block.type, ...block.labels].join('.');
    return inBody(block.body, address).map(found => ({ ...found, block }));
  });

const inBody = (body: Body, address: string): readonly Omit<Placed, 'block'>[] => [
  ...attributesOf(body).map(argument => ({ address: `${address}.${argument.name}`, argument })),
  ...blocks(body).flatMap(inner => inBody(inner.body, `${address}.${inner.type}`)),
];
