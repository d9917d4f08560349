export * from './access-policies.ts';
export * from './arn.ts';
export * from './entry-types.ts';
export { waitsForEntries } from './module-outputs.ts';
export * from './module-versions.ts';
export { partitionOfRegion } from './regions.ts';
export * from './reserved.ts';
