/** `%[flags][width][.precision][[n]]mode`; `end` is the offset after it, `argument` counts from one. */
export type Verb = {
  readonly mode: string;
  readonly flags: string;
  readonly width?: number;
  readonly precision?: number;
  readonly argument: number;
  /** Without flags, width and precision. */
  readonly plain: boolean;
  readonly end: number;
};

const pattern = /%([0#\-+ ]*)([1-9]\d*)?(?:\.(\d*))?(?:\[([1-9]\d*)\])?([A-Za-z])/y;

/** Undefined where the text is no verb. */
export const parseVerb = (format: string, at: number, next: number): Verb | undefined => {
  pattern.lastIndex = at;
  const match = pattern.exec(format);
  if (!match) return undefined;
  const [whole, flags = '', width, precision, argument, mode = ''] = match;
  return {
    mode,
    flags,
    ...(width === undefined ? {} : { width: Number(width) }),
    ...(precision === undefined ? {} : { precision: Number(precision) }),
    argument: argument === undefined ? next : Number(argument),
    plain: flags === '' && width === undefined && precision === undefined,
    end: at + whole.length,
  };
};
