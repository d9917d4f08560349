import { Refusal } from '../diagnostics/index.ts';
import type { Body, Expression } from '../hcl/index.ts';
import { pathInside } from '../terraform/path-inside.ts';
import type { Fileset, RootModule, Runtime } from '../terraform/index.ts';

/** What expressions name, from the root module on. */
export type ComputedFiles = { readonly names: readonly string[]; readonly filesets: readonly Fileset[] };

/**
 * The files and filesets that a directory names by expressions: through locals, `path.root`, functions, or a variable by its default.
 * Trees are made for that. Of what cannot be read nothing is told here; who reads it in earnest says why.
 */
export const computedFiles = async (
  files: ReadonlyMap<string, string>,
  load: () => Promise<Runtime>,
): Promise<ComputedFiles> => {
  const { createRootModule, filesByPattern, filesetOf, likelyModule, moduleFile, possibleFiles } =
    await import('../terraform/index.ts');
  const { parser } = await load();
  try {
    const native = [...files].filter(([path]) => /^[^/]+\.(?:tf|tofu)$/.test(path));
    const module = createRootModule(
      native.map(([path, text]) => parser.parse(path, text)),
      new Map(),
      parser,
    );
    const { attribute, walk } = await import('../hcl/index.ts');
    const scopes = [module.scope, likelyModule(module).scope];
    const names = new Set<string>();
    const filesets: Fileset[] = [];
    const look = (expression: Expression): void => {
      if (expression.kind !== 'call') return;
      const [first] = expression.args;
      for (const scope of scopes) {
        if (first && /^(?:template)?file$/.test(expression.name)) {
          const { path } = moduleFile(first, scope);
          const inside = pathInside(path ?? '');
          if (inside !== undefined) names.add(inside);
          const possible = path === undefined ? possibleFiles(first, scope) : undefined;
          if (possible) filesets.push(possible);
        }
        const listed = expression.name === 'fileset' ? filesetOf(expression, scope) : undefined;
        if (listed) filesets.push(listed);
      }
    };
    for (const expression of expressionsOf(module)) walk(expression, look);
    // Source: gavinbunney/terraform-provider-kubectl, docs/data-sources/kubectl_path_documents.md.
    for (const { labels, body } of module.blocks) {
      const pattern = labels[0] === 'kubectl_path_documents' ? attribute(body, 'pattern') : undefined;
      if (pattern) filesets.push(...scopes.flatMap(scope => filesByPattern(pattern.value, scope) ?? []));
    }
    return { names: [...names], filesets };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { names: [], filesets: [] };
  }
};

const expressionsOf = ({ blocks }: RootModule): readonly Expression[] =>
  blocks.flatMap(({ body }) => expressionsIn(body));

const expressionsIn = ({ items }: Body): readonly Expression[] =>
  items.flatMap(item => (item.kind === 'attribute' ? [item.value] : expressionsIn(item.body)));
