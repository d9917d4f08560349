import { diagnose, Refusal } from '../diagnostics/index.ts';
import { reasonOf } from './file-problem.ts';

/** What goes wrong with a file while something is done with it, as a refusal. */
export const refusing = async <Value>(
  code: 'TAE002' | 'TAE110',
  path: string,
  step: () => Value | Promise<Value>,
): Promise<Value> => {
  try {
    return await step();
  } catch (error) {
    if (error instanceof Refusal) throw error;
    throw new Refusal(diagnose(code, { path, reason: reasonOf(error) }));
  }
};
