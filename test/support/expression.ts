import { attribute, type Expression } from '../../lib/hcl/index.ts';
import { createRootModule, type RootModule } from '../../lib/terraform/index.ts';
import { loadReaders } from '../../lib/terraform/readers.ts';
import { testParser } from './runtime.ts';

/** The tree of one expression. */
export const parseExpression = async (source: string): Promise<Expression> => {
  const { parse } = await testParser();
  const found = attribute(parse('main.tf', `x = ${source}\n`).body, 'x');
  if (!found) throw new Error(`no expression: ${source}`);
  return found.value;
};

export const parseModule = async (text: string): Promise<RootModule> => {
  const parser = await testParser();
  return createRootModule(
    [parser.parse('main.tf', text)],
    new Map(),
    parser,
    await loadReaders(['jsondecode regex() yamldecode']),
  );
};
