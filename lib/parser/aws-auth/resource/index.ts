export { preventsDestroy } from './lifecycle.ts';
export { readRawResources, type RawResource, type Refused } from './raw-resource.ts';
