import { expect, test } from '@jest/globals';

const none = (): void => undefined;

// With fewer, Jest takes the last parameter for the callback of an asynchronous test and waits for it.
test.each([
  [[[1, 2], [1]], 'Row 1 of "adds" is shorter than its 2 parameters.'],
  [[1, 2], 'Row 0 of "adds" is shorter than its 2 parameters.'],
])('a row that is shorter than the parameters is refused: %j', (rows, message) => {
  expect(() => test.each(rows as [number, number][])('adds', (a, b) => none.call([a, b]))).toThrow(message);
});
