import { isContainer, jsonAt } from '../../parser/entries/snapshot.ts';
import type { Side } from './change.ts';

type Path = readonly (string | number)[];

/** Whether what stands at a path, or something it is part of, is known after the apply only. */
export const isUnknown = ({ value, unknown }: Side, ...path: Path): boolean =>
  value !== undefined && isMarked(unknown, path);

/** Sensitive values decide like others and are never shown. */
export const isSensitive = ({ sensitive }: Side, ...path: Path): boolean => isMarked(sensitive, path);

/** What stands at a path; undefined where nothing does, or it is unknown. */
export const valueAt = (side: Side, ...path: Path): unknown =>
  isUnknown(side, ...path) ? undefined : jsonAt(side.value, ...path);

export const textAt = (side: Side, ...path: Path): string | undefined => {
  const found = valueAt(side, ...path);
  return typeof found === 'string' ? found : undefined;
};

/** The texts of a list or a set, which may be null; undefined while any of them is unknown. */
export const textsAt = (side: Side, ...path: Path): readonly string[] | undefined => {
  if (isUnknown(side, ...path)) return undefined;
  const found = jsonAt(side.value, ...path);
  return Array.isArray(found) ? found.filter(text => typeof text === 'string') : [];
};

/** A mark is `true` at the value or at anything around it. A list or an object is marked where a part of it is. */
const isMarked = (marks: unknown, path: Path): boolean =>
  path.some((_, index) => jsonAt(marks, ...path.slice(0, index)) === true) || hasMark(jsonAt(marks, ...path), 0);

const hasMark = (marks: unknown, depth: number): boolean => {
  if (!isContainer(marks)) return marks === true;
  return depth > deepest || Object.values(marks).some(mark => hasMark(mark, depth + 1));
};

const deepest = 50;

/** The names of the attributes that differ, or that are not known; `access_config.0.authentication_mode` for parts. */
export const changedPaths = (before: unknown, { value: after, unknown }: Side): string[] => {
  const paths: string[] = [];
  const compare = (a: unknown, b: unknown, marks: unknown, path: string, depth: number): void => {
    if (marks === true || depth > deepest) paths.push(path);
    else if (isContainer(a) && isContainer(b) && Array.isArray(a) === Array.isArray(b)) {
      for (const key of new Set([a, b, marks].filter(isContainer).flatMap(Object.keys))) {
        const at = path === '' ? key : `${path}.${key}`;
        compare(jsonAt(a, key), jsonAt(b, key), jsonAt(marks, key), at, depth + 1);
      }
    } else if ((a ?? null) !== (b ?? null) || hasMark(marks, depth)) paths.push(path);
  };
  compare(before, after, unknown, '', 0);
  return paths;
};

/** Those of an entry that decide what it grants; tags do not. */
export const changedRights = (before: unknown, after: Side): string[] =>
  changedPaths(before, after).filter(path => /^(kubernetes_groups|user_name|type)\b/.test(path));
