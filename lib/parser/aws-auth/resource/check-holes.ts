import type { Document, Node } from 'yaml';
import type { RootModule } from '../../../terraform/index.ts';
import { textOf } from '../../expressions/piece.ts';
import { faultOf, type HoleField } from './hole-field.ts';
import { wordPattern, type Hole, type HoledText, type TextRole, type Unread } from './holed-text.ts';
import { yamlComments } from './yaml-items.ts';

type Yaml = typeof import('yaml');

/** The first expression that is not for certain one value of the YAML it stands in, whatever it turns out to be, and why. */
export const faultyHole = (
  module: RootModule,
  yaml: Yaml,
  { text, holes }: HoledText,
  document: Document,
  role: TextRole,
): Unread | undefined => {
  if (holes.length === 0) return undefined;
  const byWord = new Map(holes.map(hole => [hole.word, hole]));
  const words = wordPattern(holes);
  const holesIn = (part: string): readonly Hole[] => (part.match(words) ?? []).flatMap(word => byWord.get(word) ?? []);
  const seen = new Set<Hole>();
  let fault: Unread | undefined;
  yaml.visit(document, {
    Scalar: (key, node, path) => {
      const [from = 0, to = 0] = node.range ?? [];
      const source = text.slice(from, to);
      const found = holesIn(source);
      if (found.length === 0) return undefined;
      for (const hole of found) seen.add(hole);
      const field = fieldOf(yaml, key, path as readonly Node[]);
      const scalar = { node, source, holes: found, field, isFlow: path.some(isFlow) };
      const problem = faultOf(module, yaml, scalar, role);
      if (problem === undefined) return undefined;
      fault = refuse(problem.hole, problem.why);
      return yaml.visit.BREAK;
    },
  });
  if (fault) return fault;
  // What stands in a comment is in no value.
  for (const comment of yamlComments(yaml, text)) for (const hole of holesIn(comment.text)) seen.add(hole);
  const lost = holes.find(hole => !seen.has(hole));
  return lost && refuse(lost, 'stands where YAML has no value');
};

const refuse = ({ piece, place, as }: Hole, why: string): Unread => {
  const source = textOf(piece).replace(/\s+/g, ' ');
  return { kind: 'unread', place, why: `${as === 'text' ? source : `jsonencode(${source})`} ${why}` };
};

const isFlow = (node: unknown): boolean => (node as { readonly flow?: boolean }).flow === true;

/** Where a scalar stands. Its parent is a pair, or a list, which may be the value of one. */
const fieldOf = (yaml: Yaml, key: unknown, path: readonly Node[]): HoleField => {
  if (key === 'key') return { kind: 'key' };
  const [parent, above] = [path.at(-1), path.at(-2)];
  if (yaml.isPair(parent)) return { kind: 'value', name: nameOf(yaml, parent.key) };
  if (yaml.isPair(above)) return { kind: 'item', name: nameOf(yaml, above.key) };
  return { kind: 'item' };
};

const nameOf = (yaml: Yaml, key: unknown): string => {
  const name = yaml.isScalar(key) ? key.value : undefined;
  return typeof name === 'string' ? name : '';
};
