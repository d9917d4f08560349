import { attribute, attributesOf } from '../../hcl/index.ts';
import {
  callAddress,
  callSource,
  computedSource,
  blocksOf,
  parseModuleSource,
  type PlacedBlock,
  type RootModule,
} from '../../terraform/index.ts';
import { findModuleCalls, metaArguments } from '../clusters/module-call.ts';
import { isFalse } from '../expressions/written-bool.ts';
import { isNamedForAwsAuth, ofAuthModule } from './own-arguments.ts';
import { isRowsArgument, routeOfModule, routes, teamsOfFork, type Route } from './routes.ts';
import { givenIn, rowsOfArguments, type RowsElsewhere } from './rows-elsewhere.ts';

/**
 * Rows in the arguments of modules that are not the eks module. A local module is a directory that is looked at itself, where it is
 * one of those that are `read`.
 */
export const rowsInCalls = (module: RootModule, read: ReadonlySet<string>): readonly RowsElsewhere[] => {
  const ours = new Set(findModuleCalls(module).map(({ block }) => block));
  return blocksOf(module, 'module').flatMap(block => {
    const source = callSource(module, block) ?? computedSource(module, block);
    const route = ours.has(block) || source === undefined ? undefined : routeOfSource(source, read);
    if (source === undefined || !route || isOff(module, block, route)) return [];
    const isKnown = route.seen.kind === 'module';
    const names = isKnown ? [] : argumentsOf(block);
    const isForAuth = !isKnown && isNamedForAwsAuth(parseModuleSource(source));
    const isFork = !isKnown && route.teams !== undefined;
    const found =
      rowsOfArguments(module, route, givenIn(block), isKnown || isForAuth || isFork, names) ??
      (isForAuth ? ofAuthModule(module, route, names, givenIn(block), block.headerRange) : undefined);
    const { name, way } = route;
    const words = { name: isKnown ? name : source, way, address: callAddress(block) };
    return found ? [{ module, route, ...words, ...found }] : [];
  });
};

const argumentsOf = ({ body }: PlacedBlock): readonly string[] =>
  attributesOf(body).flatMap(({ name }) => (metaArguments.has(name) ? [] : name));

const routeOfSource = (source: string, read: ReadonlySet<string>): Route | undefined => {
  const parsed = parseModuleSource(source);
  const known = routeOfModule(parsed);
  if (known || read.has(source)) return known;
  const other = routes.find(({ seen }) => seen.kind === 'any-module');
  if (!other || parsed.kind !== 'local') {
    const teams = teamsOfFork(parsed);
    return other && teams ? { ...other, teams } : other;
  }
  // The short names are those of other things, too.
  return { ...other, rows: other.rows.filter(([argument]) => isRowsArgument(argument)) };
};

const isOff = (module: RootModule, block: PlacedBlock, { off = [] }: Route): boolean =>
  off.some(name => {
    const value = attribute(block.body, name)?.value;
    return value !== undefined && isFalse(module, value);
  });
