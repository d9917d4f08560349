import { env } from 'node:process';

/** Of what is drawn at random: FC_SEED, which .ci/run sets by the day; else another one each time. Whoever draws prints it. */
export const seed = Number(env['FC_SEED'] ?? Date.now() % 2 ** 31);
