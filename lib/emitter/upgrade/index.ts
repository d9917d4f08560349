export { newestReleaseFor, type Newest } from './newest-release.ts';
export { pinsFor } from './pins.ts';
export { setVersion, unwritable } from './set-version.ts';
export { upgradeCall } from './upgrade-call.ts';
export { upgradeReferences } from './upgrade-references.ts';
export { allOf, type Refused, type Upgraded } from './upgraded.ts';
