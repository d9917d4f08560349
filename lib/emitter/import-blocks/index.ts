export { adoptAll } from './adopt-all.ts';
export { clusterNamed, standaloneNamed } from './cluster.ts';
export { declarations } from './declarations.ts';
export { placeOf, textOf } from './declared.ts';
export { engineOf, printBlocks } from './form.ts';
export { writtenBlocks } from './written-blocks.ts';
