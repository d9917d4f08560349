export { clusterNamed, standaloneNamed } from './cluster.ts';
export { importsFor, type Imports } from './imports-for.ts';
