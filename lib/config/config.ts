import type { z } from 'zod';
import type { Immutable } from '../diagnostics/index.ts';
import type { configSchema } from './schema.ts';

/** tf-access-entries.config.json, checked. What a person decided and the source cannot say. */
export type Config = Immutable<z.infer<typeof configSchema>>;

export type PrincipalDecision = NonNullable<Config['principals']>[string];
export type GroupDecision = NonNullable<Config['groups']>[string];
