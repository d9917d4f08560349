import { isRecord } from '../../parser/entries/snapshot.ts';
import type { Side } from './change.ts';

/** `sensitive` values decide like others and are never shown. */
export type Attribute =
  | { readonly kind: 'known'; readonly value: unknown; readonly sensitive: boolean }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'absent' };

type Path = readonly (string | number)[];

/** What stands at a path; unknown where it, or something it is part of, is known after the apply only. */
export const attributeAt = ({ value, unknown, sensitive }: Side, path: Path): Attribute => {
  if (value === undefined) return { kind: 'absent' };
  if (isMarked(unknown, path)) return { kind: 'unknown' };
  let found: unknown = value;
  for (const step of path) found = memberOf(found, step);
  if (found === undefined || found === null) return { kind: 'absent' };
  return { kind: 'known', value: found, sensitive: isMarked(sensitive, path) };
};

export const textAt = (side: Side, ...path: Path): string | undefined => {
  const found = attributeAt(side, path);
  return found.kind === 'known' && typeof found.value === 'string' ? found.value : undefined;
};

/** A mark is `true` at the value or at anything around it. */
const isMarked = (marks: unknown, path: Path): boolean => {
  let found = marks;
  for (const step of path) {
    if (found === true) return true;
    found = memberOf(found, step);
  }
  return found === true || hasMark(found, 0);
};

/** A list or an object is marked where a part of it is. */
const hasMark = (marks: unknown, depth: number): boolean => {
  if (marks === true) return true;
  if (typeof marks !== 'object' || marks === null) return false;
  return depth > deepest || Object.values(marks).some(mark => hasMark(mark, depth + 1));
};

const memberOf = (value: unknown, step: string | number): unknown => {
  if (Array.isArray(value)) return typeof step === 'number' ? value[step] : undefined;
  return isRecord(value) && Object.hasOwn(value, step) ? value[step] : undefined;
};

const deepest = 50;

/** The names of the attributes that differ, or that are not known; `access_config.0.authentication_mode` for parts. */
export const changedPaths = (before: unknown, { value: after, unknown }: Side): string[] => {
  const paths: string[] = [];
  const compare = (a: unknown, b: unknown, marks: unknown, path: string, depth: number): void => {
    if (marks === true || depth > deepest) paths.push(path);
    else if (isContainer(a) && isContainer(b) && Array.isArray(a) === Array.isArray(b)) {
      for (const key of new Set([...Object.keys(a), ...Object.keys(b), ...keysOf(marks)])) {
        const at = path === '' ? key : `${path}.${key}`;
        compare(jsonMember(a, key), jsonMember(b, key), jsonMember(marks, key), at, depth + 1);
      }
    } else if ((a ?? null) !== (b ?? null) || hasMark(marks, depth)) paths.push(path);
  };
  compare(before, after, unknown, '', 0);
  return paths;
};

const isContainer = (value: unknown): value is object => typeof value === 'object' && value !== null;
const keysOf = (value: unknown): string[] => (isContainer(value) ? Object.keys(value) : []);
const jsonMember = (value: unknown, key: string): unknown =>
  isContainer(value) && Object.hasOwn(value, key) ? (value as Record<string, unknown>)[key] : undefined;
