import type { Cluster } from '../../parser/index.ts';
import type { Check } from './checks.ts';

/** A word of a command: as it is, or what a variable of the shell holds. */
export type ShellWord = string | { readonly variable: string };

/** A cluster, as the commands of the runbook reach it. */
export type NamedCluster = {
  readonly cluster?: Cluster;
  /** For a shell. */
  readonly name: string;
  /** The same, as a word of gates.sh. */
  readonly word: ShellWord;
  /** kubectl with the context of this cluster: else nobody sees which one answers. */
  readonly kubectl: string;
  readonly alias: string;
  /** Where the source tells it. */
  readonly region?: string;
  /** ` --region us-east-1`, where the clusters are in several regions, so that AWS_REGION is not that of each. */
  readonly inRegion: string;
  /** The file that keeps its ConfigMap. */
  readonly backup: string;
  /** Its address, where there are several. */
  readonly which?: string;
  /** Which one it is, in Markdown, as ` of module.blue`, where there are several. */
  readonly of: string;
  /** Whether another cluster here has its name: they are in different regions or accounts, and a command goes to whichever is set. */
  readonly hasTwin?: true;
};

/** What must be true of a cluster before a phase is applied, or after it. gates.sh asks for it. Plain text. */
export type LiveGate = {
  readonly what: string;
  readonly expect: string;
  /** A function of gates.sh and its words. Without one a person has to judge. */
  readonly check?: readonly [name: Check, ...words: readonly ShellWord[]];
  /** What shows it to a person, where the script cannot judge it. */
  readonly command?: string;
  /** The cluster that is asked; without one the first. */
  readonly on?: NamedCluster;
};
