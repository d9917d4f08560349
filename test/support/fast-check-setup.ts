import { env } from 'node:process';
import fc from 'fast-check';
import { seed } from './seed.ts';

// Without it every run tries other cases, and a failure prints its seed: FC_SEED repeats the run.
if (env['FC_SEED'] !== undefined) fc.configureGlobal({ ...fc.readConfigureGlobal(), seed });
