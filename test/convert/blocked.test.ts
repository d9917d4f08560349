import { runThemes } from '../support/run-themes.ts';

runThemes('blocked');
