import { defined } from '../diagnostics/index.ts';
import {
  attribute,
  blocks,
  stringValue,
  type Attribute,
  type Block,
  type Expression,
  type HclFile,
  type ObjectExpression,
} from '../hcl/index.ts';
import { parseModuleSource, type ModuleSource } from './module-source.ts';

/**
 * A unit of Terragrunt as the root module that it stands for: its locals, what it includes, and its inputs as the arguments of a call of the module that
 * `terraform.source` names. The text stays what it is, so an edit of an argument is one of an input. Undefined where the source or
 * the inputs are not written out.
 * Sources: terragrunt.gruntwork.io/docs/reference/hcl/blocks (terraform, locals), .../attributes (inputs)
 */
export const moduleOfUnit = (file: HclFile): HclFile | undefined => {
  const inputs = attribute(file.body, 'inputs');
  const [source] = blocks(file.body, 'terraform').flatMap(block => attribute(block.body, 'source') ?? []);
  const text = source && stringValue(source.value);
  if (!source || text === undefined || inputs?.value.kind !== 'object') return undefined;
  const items = attributesIn(file, inputs.value);
  const named = sourceArguments(source.value, text);
  if (!items || !named) return undefined;
  const call: Block = {
    kind: 'block',
    type: 'module',
    labels: [],
    isUnit: true,
    range: inputs.range,
    headerRange: inputs.nameRange,
    body: { range: inside(inputs.value), items: [...named, ...items] },
  };
  return {
    ...file,
    body: { ...file.body, items: [...blocks(file.body, 'locals'), ...blocks(file.body, 'include'), call] },
  };
};

/** The module that a file of Terragrunt names as its source; undefined where it is computed, or there is none. */
export const sourceWritten = ({ body }: HclFile): ModuleSource | undefined => {
  const [source] = blocks(body, 'terraform').flatMap(block => attribute(block.body, 'source') ?? []);
  const text = source && stringValue(source.value);
  return text === undefined ? undefined : parseModuleSource(withoutScheme(text).address);
};

/** `tfr://` is a registry, with its host or without, and the release stands behind it. */
const withoutScheme = (text: string): { readonly address: string; readonly version?: string } => {
  const [, registry, version] = /^tfr:\/\/([^?]*)(?:\?version=([\w.+-]*))?$/.exec(text) ?? [];
  return { address: registry?.replace(/^\//, '') ?? text, ...defined({ version }) };
};

/** The eks module or a local one. The double slash of a path marks what Terragrunt copies. */
const sourceArguments = (value: Expression, text: string): readonly Attribute[] | undefined => {
  if (/^\.\.?\//.test(text)) return [synthetic('source', value, text.replace(/\/\/+/, '/'))];
  const { address, version } = withoutScheme(text);
  const { name, submodule } = parseModuleSource(address);
  if (submodule !== undefined || !/(?:^|\/)(?:eks\/aws|terraform-aws-eks)$/.test(name)) return undefined;
  const source = synthetic('source', value, address);
  return version === undefined ? [source] : [source, synthetic('version', value, version)];
};

/** An argument that stands nowhere: its place is that of the source. */
const synthetic = (name: string, { range }: Expression, text: string): Attribute => ({
  kind: 'attribute',
  name,
  nameRange: range,
  range,
  value: { kind: 'template', range, heredoc: false, parts: [{ kind: 'literal', text }] },
});

/** Undefined where a key is computed, or where items are not written as arguments are: `name = value`, each on lines of its own. */
const attributesIn = ({ text }: HclFile, { items }: ObjectExpression): readonly Attribute[] | undefined => {
  const found = items.map(({ name, key, value, range }): Attribute | undefined => {
    const isArgument = name !== undefined && /^\s*=/.test(text.slice(key.range.end, value.range.start));
    return isArgument ? { kind: 'attribute', name, nameRange: key.range, range, value } : undefined;
  });
  return found.every(one => one !== undefined) ? found : undefined;
};

const inside = ({ range }: ObjectExpression): Attribute['range'] => ({
  ...range,
  start: range.start + 1,
  end: range.end - 1,
});
