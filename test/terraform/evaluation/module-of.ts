import { createRootModule, type RootModule, type Surroundings } from '../../../lib/terraform/index.ts';
import { testParser } from '../../support/runtime.ts';

/** A module of one file, with what lies beside it. */
export const moduleOf = async (text: string, surroundings: Surroundings = {}): Promise<RootModule> => {
  const parser = await testParser();
  return createRootModule([parser.parse('main.tf', text)], new Map(), parser, surroundings);
};
