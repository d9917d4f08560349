import { findingsText } from './findings.ts';
import { summaryText } from './summary.ts';
import type { Adapter } from './view.ts';

/** For people: findings with code frames, then the summary. */
export const pretty: Adapter = { findings: findingsText, summary: summaryText };
