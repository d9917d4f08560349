import { runThemes } from '../support/run-themes.ts';

runThemes('versions', 'partitions', 'cycles', 'inline', 'to-v21');
