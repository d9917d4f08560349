import { runThemes } from '../support/run-themes.ts';

runThemes('reference', 'rows', 'advice', 'keys');
