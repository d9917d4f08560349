import type { z } from 'zod';
import type { Immutable } from '../diagnostics/index.ts';
import type { configSchema } from './schema.ts';

/** tf-access-entries.config.json, checked: what a person decided and the source cannot say. The schema says what each key is. */
export type Config = Immutable<z.infer<typeof configSchema>>;

/** `policies` take the place of what the row says about system:masters (of the whole cluster without `scope`). */
export type PrincipalDecision = NonNullable<Config['principals']>[string];

/** What a group becomes: exactly one of another group, nothing, or an access policy (of the whole cluster without `scope`). */
export type GroupDecision = NonNullable<Config['groups']>[string];
