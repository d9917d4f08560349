import type { Range } from '../../diagnostics/index.ts';
import type { PlacedBlock } from '../../terraform/index.ts';
import type { Field } from '../aws-auth/row.ts';
import type { Identity } from '../expressions/identity.ts';
import type { WrittenObject } from '../expressions/field.ts';
import type { Readable } from './readable.ts';

/**
 * An access entry: a key of `access_entries`, a resource, or one of the live cluster. All that asks what a principal has asks one
 * of these.
 */
export type Entry = {
  readonly form: 'argument' | 'resource' | 'live';
  /** The map key, or the label of the resource. Absent where the source does not tell it. */
  readonly key?: string;
  /** Absent where no principal is written, or where one expression stands for many. */
  readonly identity?: Identity;
  /** Absent means STANDARD. */
  readonly type: Readable<string>;
  readonly username: Readable<string>;
  readonly groups: Readable<readonly string[]>;
  readonly associations: Readable<readonly Association[]>;
};

/** `policy` is the last part of its ARN, as in AmazonEKSViewPolicy. */
export type Association = {
  readonly policy: Readable<string>;
  readonly scope: Readable<string>;
  readonly namespaces: Readable<readonly string[]>;
};

/**
 * `maybe`: under a condition that the source does not settle. `never`: under one that does not hold. `many`: one expression stands
 * for entries of which only a plan knows how many there are.
 */
export type Presence = 'certain' | 'maybe' | 'never' | 'many';

/** An entry as somebody wrote it. */
export type WrittenEntry = Entry & {
  readonly form: 'argument' | 'resource';
  readonly associations: Readable<readonly WrittenAssociation[]>;
  /** Those of `policy_associations` alone, without resources that stand beside the call. */
  readonly keyed: Readable<readonly WrittenAssociation[]>;
  readonly presence: Presence;
  /** HCL of the conditions that it stands under. */
  readonly conditions: readonly string[];
  readonly range: Range;
  /** All its fields, whatever they are. */
  readonly object: WrittenObject;
  readonly principal?: Field;
  /** HCL of the key. */
  readonly keySource?: string;
  readonly resource?: ResourceInstance;
};

/** A policy association as somebody wrote it: a key of `policy_associations`, or a resource. */
export type WrittenAssociation = Association & {
  /** The map key, or the label of the resource. */
  readonly key: string;
  readonly range: Range;
  readonly object: WrittenObject;
  /** `access_scope`, where it is an object that can be read. */
  readonly scopeObject?: WrittenObject;
  readonly resource?: ResourceInstance;
};

/** A resource block, and which of its instances: a key of `for_each`, or an index of `count`. */
export type ResourceInstance = {
  readonly block: PlacedBlock;
  readonly key?: string | number;
  readonly presence: Presence;
};

/** It is there, once, under a key that is known. */
export const isCertain = ({ presence, key }: WrittenEntry): boolean => presence === 'certain' && key !== undefined;

/** The type of an entry; undefined where it cannot be read. */
export const entryType = ({ type }: Pick<Entry, 'type'>): string | undefined =>
  type.kind === 'absent' ? 'STANDARD' : type.kind === 'known' ? type.value : undefined;
