import type { Range } from '../../diagnostics/index.ts';
import { blocks, walk, type Body, type Expression } from '../../hcl/index.ts';
import { evaluate, knownString, likelyModule, type PlacedBlock, type RootModule } from '../../terraform/index.ts';
import { mastersGroup } from '../../eks/index.ts';
import type { Part } from '../aws-auth/resource/manifest.ts';
import { wordPattern, type HoledText } from '../aws-auth/resource/holed-text.ts';
import { readManifests } from '../aws-auth/resource/raw-data.ts';
import { readWritten } from '../aws-auth/resource/read-written.ts';
import { partOf, type Piece } from '../expressions/piece.ts';
import { keysOf, resolve } from '../expressions/resolve.ts';
import { looksAtGroups, mastersIn } from './names-masters.ts';

/** A resource of the root module that makes what decides by groups, and names system:masters in these fields. */
export type WrittenMasters = {
  /** How messages call it: `kubectl_manifest.block_exec`. */
  readonly address: string;
  readonly range: Range;
  readonly places: readonly string[];
};

/** A part of an object as far as the source tells it. */
type Plain = string | readonly Plain[] | { readonly [key: string]: Plain };

/** What a resource is to be, by its arguments. */
type Arguments = Readonly<Record<string, Plain>>;

/** In source order. What only a plan knows names nothing. */
export const readWrittenMasters = async (module: RootModule): Promise<readonly WrittenMasters[]> => {
  const texts = [...module.files.map(({ text }) => text), ...(module.scope.files?.values() ?? [])];
  if (!texts.some(text => text.includes(mastersGroup))) return [];
  const read = await Promise.all(module.blocks.map(block => argumentsOf(module, block)));
  return module.blocks.flatMap((block, index) => {
    const places = [...new Set((read[index] ?? []).flatMap(mastersIn))];
    return places.length === 0 ? [] : [{ address: block.labels.join('.'), range: block.headerRange, places }];
  });
};

/**
 * Those of a manifest, of an admission policy or a webhook, and the values of a chart, which may be anything. Sources:
 * hashicorp/terraform-provider-kubernetes, docs/resources/validating_admission_policy_v1.md,
 * validating_webhook_configuration_v1.md; hashicorp/terraform-provider-helm, docs/resources/release.md.
 */
const argumentsOf = async (module: RootModule, block: PlacedBlock): Promise<readonly Arguments[]> => {
  const type = block.type === 'resource' ? (block.labels[0] ?? '') : '';
  if (/^kubernetes_(validating|mutating)_(admission_policy|webhook_configuration)(_v\d\w*)?$/.test(type))
    return [plainBody(module, block, block.body)];
  if (type === 'helm_release') return [await chartValues(module, block)];
  const argument = type === 'kubectl_manifest' ? 'yaml_body' : 'manifest';
  const written = await readManifests(module, block, []);
  // What a variable names is looked for where it has its default.
  const likely = written.some(({ read }) => 'why' in read) ? likelyModule(module) : module;
  const found = likely === module ? written : await readManifests(likely, block, []);
  return found.flatMap(({ read }) => {
    if ('why' in read) return [];
    const { apiVersion, whole } = read;
    const isMeant = typeof apiVersion === 'string' && looksAtGroups(apiVersion.split('/')[0] ?? '');
    return isMeant ? [{ [argument]: plainObject(likely, whole) }] : [];
  });
};

/** `metadata` and the like decide nothing, wherever the object stands. */
const plainObject = (module: RootModule, whole: Part): Plain => {
  const plain =
    'piece' in whole ? plainOf(module, whole.piece) : filledIn(module, whole.map.toJSON() as Plain, whole.text);
  if (typeof plain === 'string' || Array.isArray(plain)) return [];
  const { metadata: _, status: __, ...decides } = plain as Arguments;
  return decides;
};

/** The words of a text that stand for expressions, as far as the source tells these. */
const filledIn = (module: RootModule, plain: Plain, text: HoledText): Plain => {
  if (text.holes.length === 0) return plain;
  if (typeof plain === 'string')
    return plain.replaceAll(wordPattern(text.holes), word => {
      const hole = text.holes.find(one => one.word === word);
      const value = hole && plainOf(module, hole.piece);
      return typeof value === 'string' ? value : JSON.stringify(value ?? '');
    });
  if (isList(plain)) return plain.map(item => filledIn(module, item, text));
  return Object.fromEntries(Object.entries(plain).map(([key, value]) => [key, filledIn(module, value, text)]));
};

const isList = (plain: Plain): plain is readonly Plain[] => Array.isArray(plain);

const plainBody = (module: RootModule, block: PlacedBlock, body: Body): Arguments => {
  const plain: Record<string, Plain> = {};
  for (const item of body.items) {
    if (item.kind === 'attribute') plain[item.name] = plainOf(module, { expression: item.value, file: block.in });
    else plain[item.type] ??= blocks(body, item.type).map(inner => plainBody(module, block, inner.body));
  }
  return plain;
};

const chartArguments = ['values', 'set', 'set_list', 'set_sensitive'];

const chartValues = async (module: RootModule, block: PlacedBlock): Promise<Arguments> => {
  const all = Object.entries(plainBody(module, block, block.body)).filter(([name]) => chartArguments.includes(name));
  const yaml = await import('yaml');
  return Object.fromEntries(
    all.map(([name, plain]) => [
      name,
      name === 'values' && Array.isArray(plain) ? plain.map(text => parsed(yaml, text)) : plain,
    ]),
  );
};

/** A text of YAML as what it says, where it can be read. One with anchors stays a text: an alias may be inside of what it stands for. */
const parsed = (yaml: typeof import('yaml'), text: Plain): Plain => {
  if (typeof text !== 'string') return text;
  try {
    return (yaml.parse(text, { schema: 'failsafe', logLevel: 'error', maxAliasCount: 0 }) as Plain | null) ?? [];
  } catch {
    return text;
  }
};

/** What is neither an object nor a list is a text: the known one, or the literals in it. */
const plainOf = (module: RootModule, piece: Piece): Plain => {
  const found = resolve(module, piece);
  const { expression } = found;
  if (expression.kind === 'object') {
    const names = keysOf(module, expression);
    return Object.fromEntries(
      expression.items.map(({ value }, index) => [names?.[index] ?? '', plainOf(module, partOf(found, value))]),
    );
  }
  if (expression.kind === 'tuple') return expression.items.map(item => plainOf(module, partOf(found, item)));
  const written = expression.kind === 'call' ? readWritten(module, found) : undefined;
  if (written?.kind === 'value') return plainOf(module, written.piece);
  return knownString(evaluate(expression, module.scope)) ?? literalsIn(module, expression);
};

const literalsIn = (module: RootModule, expression: Expression): string => {
  const texts: string[] = [];
  walk(expression, inner => {
    if (inner.kind !== 'template') return;
    texts.push(
      inner.parts
        .map(part => {
          if (part.kind === 'literal') return part.text;
          return part.kind === 'interpolation' ? (knownString(evaluate(part.value, module.scope)) ?? '') : '';
        })
        .join(''),
    );
  });
  return texts.join('\n');
};
