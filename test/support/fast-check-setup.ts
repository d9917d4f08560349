import { env } from 'node:process';
import fc from 'fast-check';

// What CI checks must not depend on chance. Elsewhere every run tries other cases, and a failure prints its seed.
if (env['CI'] === 'true') fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: 20_261_125 });
