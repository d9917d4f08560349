import type { Bench } from '../suite/bench.ts';
import type { Engine } from '../suite/tools.ts';
import { createWorkspace, must, plan, removeWorkspace, writeFiles, writeWorld } from '../suite/workspace.ts';

type Evaluated = { planned_values?: { outputs?: Record<string, { value?: unknown }> } };

/** The values of expressions, as an engine evaluates them in one plan. `locals` is a body of a locals block. */
export async function evaluate(
  bench: Bench,
  engine: Engine,
  expressions: readonly string[],
  locals = '',
): Promise<unknown[]> {
  const workspace = createWorkspace(bench.on(engine));
  const outputs = expressions.map((text, index) => `output "e${index}" {\n  value = jsonencode(${text})\n}\n`);
  try {
    writeWorld(workspace, {});
    writeFiles(workspace, new Map([['main.tf', [`locals {\n${locals}\n}\n`, ...outputs].join('\n')]]));
    await must(workspace, 'init', '-no-color');
    const values = ((await plan(workspace)) as Evaluated).planned_values?.outputs ?? {};
    // As JSON in the language itself: the values of one output need not be of one type.
    return expressions.map((_, index) => JSON.parse(String(values[`e${index}`]?.value)) as unknown);
  } finally {
    removeWorkspace(workspace);
  }
}
