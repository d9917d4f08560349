export { preventsDestroy } from './lifecycle.ts';
export { readRawResources, type RawResource } from './raw-resource.ts';
