import type { AccessRule } from '../context.ts';
import { accounts } from './accounts.ts';
import { deadRows } from './dead-rows.ts';
import { gainers } from './gainers.ts';
import { losers } from './losers.ts';
import { unreadLists } from './unread-lists.ts';
import { usersByChance } from './users-by-chance.ts';

/** What is said about aws-auth beside the entries, the worst first. */
export const accessRules: readonly AccessRule[] = [unreadLists, losers, accounts, usersByChance, gainers, deadRows];
