import { defined } from '../diagnostics/index.ts';
import type { Config } from './config.ts';

type Told = Pick<Config, 'ssoRegion' | 'runner' | 'emit' | 'perEnvironment'>;

/** Options with what the config says where they say nothing. */
export const withDefaults = <Options extends Told>(options: Options, config: Config): Options => ({
  ...options,
  ...defined({
    ssoRegion: options.ssoRegion ?? config.ssoRegion,
    runner: options.runner ?? config.runner,
    emit: options.emit ?? config.emit,
    perEnvironment: options.perEnvironment ?? config.perEnvironment,
  }),
});
