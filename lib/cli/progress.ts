import wrapAnsi from 'wrap-ansi';
import { visibleLine } from '../escape/terminal.ts';
import type { Host } from './host.ts';

/** Who waits for less than this needs no word. */
const patience = 500;

/** A terminal need not be written to more often. */
const pause = 100;

/**
 * Says on a terminal how far a long run is, in one line that is gone at its end. `task` says what it begins with; `isShown` is false
 * where nothing but errors is wanted.
 */
export const withProgress = async <Value>(
  host: Pick<Host, 'transient' | 'width'>,
  total: number,
  { isShown }: { readonly isShown: boolean },
  task: (begin: (label: string) => void) => Promise<Value>,
): Promise<Value> => {
  const { transient } = host;
  if (transient === undefined || !isShown) return task(() => {});
  let begun = 0;
  let next = Date.now() + patience;
  let isVisible = false;
  const begin = (label: string): void => {
    begun += 1;
    if (Date.now() < next) return;
    next = Date.now() + pause;
    isVisible = true;
    transient(fitting(`${begun} of ${total}: ${visibleLine(label)}`, (host.width('stderr') ?? 80) - 1));
  };
  try {
    return await task(begin);
  } finally {
    if (isVisible) transient('');
  }
};

/** A line that is wrapped could not be erased. */
const fitting = (text: string, width: number): string =>
  wrapAnsi(text, width, { hard: true, wordWrap: false }).split('\n')[0] ?? '';
