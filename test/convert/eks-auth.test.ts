import { runThemes } from '../support/run-themes.ts';

runThemes('eks-auth');
