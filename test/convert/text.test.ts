import { runThemes } from '../support/run-themes.ts';

runThemes('layout', 'entries', 'clean-up');
