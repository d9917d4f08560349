import type { Mutation } from '../mutation.ts';
import { ofClusters } from './clusters.ts';
import { ofConditions } from './conditions.ts';
import { ofDecisions } from './decisions.ts';
import { ofEntries } from './entries.ts';
import { ofGuards } from './guards.ts';
import { ofNodes } from './nodes.ts';
import { ofPhases } from './phases.ts';

export const mutations: readonly Mutation[] = [
  ...ofEntries,
  ...ofConditions,
  ...ofGuards,
  ...ofDecisions,
  ...ofClusters,
  ...ofNodes,
  ...ofPhases,
];
