export { clusterNamed, standaloneNamed } from './cluster.ts';
export { importsFor, type Imports } from './imports-for.ts';
export { seemsCalled } from './root.ts';
