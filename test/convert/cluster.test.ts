import { runThemes } from '../support/run-themes.ts';

runThemes('nodes', 'flags', 'mode', 'clusters', 'config-map');
