import { runThemes } from '../support/run-themes.ts';

runThemes('versions', 'partitions', 'cycles', 'to-v21');
