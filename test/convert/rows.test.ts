import { runThemes } from '../support/run-themes.ts';

runThemes('reference', 'rows', 'lists', 'advice', 'keys');
