import { accessCodes } from './access.ts';
import { adviceCodes } from './advice.ts';
import { callerCodes } from './callers.ts';
import { clusterCodes } from './clusters.ts';
import { checkModuleCodes } from './check-module.ts';
import { checkEntryCodes } from './check-entries.ts';
import { environmentCodes } from './environments.ts';
import { identityCenterCodes } from './identity-center.ts';
import { importCodes } from './imports.ts';
import { inlineCodes } from './inline.ts';
import { inputCodes } from './input.ts';
import { liveRowCodes } from './live-rows.ts';
import { moduleCodes } from './module.ts';
import { nodeRoleCodes } from './node-roles.ts';
import { planCodes } from './plan.ts';
import { rowCodes } from './rows.ts';
import { unitCodes } from './units.ts';
import { upgradeCodes } from './upgrade.ts';
import { usageCodes } from './usage.ts';

/** Every code there is. Numbers are permanent: a code that is no longer used stays in the table. */
export const codes = {
  ...inlineCodes,
  ...inputCodes,
  ...usageCodes,
  ...moduleCodes,
  ...clusterCodes,
  ...rowCodes,
  ...liveRowCodes,
  ...identityCenterCodes,
  ...nodeRoleCodes,
  ...adviceCodes,
  ...planCodes,
  ...accessCodes,
  ...importCodes,
  ...checkEntryCodes,
  ...checkModuleCodes,
  ...environmentCodes,
  ...upgradeCodes,
  ...unitCodes,
  ...callerCodes,
};

export type Code = keyof typeof codes;
