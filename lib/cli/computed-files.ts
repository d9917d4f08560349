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
  const { createRootModule, filesetOf, likelyModule, moduleFile } = await import('../terraform/index.ts');
  const { parser } = await load();
  try {
    const native = [...files].filter(([path]) => /^[^/]+\.(?:tf|tofu)$/.test(path));
    const module = createRootModule(
      native.map(([path, text]) => parser.parse(path, text)),
      new Map(),
      parser,
    );
    const { walk } = await import('../hcl/index.ts');
    const scopes = [module.scope, likelyModule(module).scope];
    const names = new Set<string>();
    const filesets: Fileset[] = [];
    const look = (expression: Expression): void => {
      if (expression.kind !== 'call') return;
      const [first] = expression.args;
      for (const scope of scopes) {
        if (first && /^(?:template)?file$/.test(expression.name)) {
          const inside = pathInside(moduleFile(first, scope).path ?? '');
          if (inside !== undefined) names.add(inside);
        }
        const listed = expression.name === 'fileset' ? filesetOf(expression, scope) : undefined;
        if (listed) filesets.push(listed);
      }
    };
    for (const expression of expressionsOf(module)) walk(expression, look);
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
