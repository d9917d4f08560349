import type { EventEmitter } from 'node:events';

const signalNumbers = { SIGHUP: 1, SIGINT: 2, SIGTERM: 15 } as const;
type Signal = keyof typeof signalNumbers;
const signals = Object.keys(signalNumbers) as Signal[];

/** A run that a signal ended before it changed anything. */
export class Interrupted extends Error {
  readonly status: number;
  readonly signal: Signal;
  constructor(signal: Signal) {
    super(`${signal}: nothing was written`);
    this.signal = signal;
    this.status = 128 + signalNumbers[signal];
  }
}

/** Holds signals back while files are written. `check` throws where the run can still stop. */
export const holdSignals = (source: Pick<EventEmitter, 'on' | 'off'>): { check: () => void; release: () => void } => {
  let received: Signal | undefined;
  const receive = (signal: Signal): void => {
    received ??= signal;
  };
  for (const signal of signals) source.on(signal, receive);
  return {
    check: () => {
      if (received !== undefined) throw new Interrupted(received);
    },
    release: () => {
      for (const signal of signals) source.off(signal, receive);
    },
  };
};
