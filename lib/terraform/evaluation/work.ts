/**
 * How much work may still be done, where there is a limit. All of it is synchronous, so one counter serves it, and functions
 * need not pass it along.
 */
let left = Infinity;

/** Thrown where the work is used up; the value is then unknown. */
const exhausted = new Error('too much work');

/** One step is about one item of a list or sixteen characters of a string. */
export const spend = (steps: number): void => {
  left -= steps;
  if (left < 0) throw exhausted;
};

export const spendText = (length: number): void => {
  if (length > longestText) throw exhausted;
  spend(1 + (length >> 4));
};

/** Longer than any file that Terraform reads in practice. */
const longestText = 10_000_000;

/** Thrown where the rules of Terraform are not certain; the expression it happens in is unknown. */
const undecided = new Error('not certain');

export const giveUp = (): never => {
  throw undecided;
};

/** How often something was not certain: the expression may also be one that Terraform refuses. */
let doubts = 0;

/** The result, or `otherwise` where it is not certain. */
export const ifCertain = <T>(work: () => T, otherwise: T): T => {
  try {
    return work();
  } catch (error) {
    if (error !== undecided) throw error;
    doubts++;
    return otherwise;
  }
};

/** Whether what is done now counts against somebody's limit. */
export const isLimited = (): boolean => left !== Infinity;

/** What came of some work, how much it was, and whether something in it was not certain. */
export type Outcome<T> = { readonly result: T; readonly spent: number; readonly doubtful: boolean };

/** Does the work with a limit of its own; `otherwise` stands for what takes more. */
export const withLimit = <T>(limit: number, work: () => T, otherwise: T): Outcome<T> => {
  const outer = { left, doubts };
  left = limit;
  doubts = 0;
  try {
    const result = work();
    return { result, spent: limit - left, doubtful: doubts > 0 };
  } catch (error) {
    // Deep nesting ends in a RangeError, and so does a string that is too long.
    if (error !== exhausted && error !== undecided && !(error instanceof RangeError)) throw error;
    return { result: otherwise, spent: limit - Math.max(left, 0), doubtful: true };
  } finally {
    ({ left, doubts } = outer);
  }
};
