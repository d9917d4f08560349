import { runThemes } from '../support/run-themes.ts';

runThemes('accept', 'drop', 'principals', 'groups');
