// oxlint-disable no-underscore-dangle -- the runner has such names
import { createRunner } from 'jest-light-runner';
import Tinypool from 'tinypool';

const worker = new URL('worker-runner.js', import.meta.resolve('jest-light-runner')).href;
const limit = 600_000;

/**
 * jest-light-runner, but that each worker is told what to do when it asks. The runner's own channel is one for all workers: it answers
 * all of them when the first one asks, and one that is still starting then waits for ever. And a file that hangs ends the run.
 */
export default class Runner extends createRunner({ runtime: 'child_process' }) {
  _runTest(test) {
    const { config } = test.context;
    if (this._runtime === 'child_process' && !this._testRunners.has(config)) {
      this._testRunners.set(config, this.poolFor(config));
    }
    return super._runTest(test);
  }

  poolFor(projectConfig) {
    const { _globalConfig: globalConfig, _runtime: runtime } = this;
    const workerData = { globalConfig, projectConfig, runtime };
    const { maxWorkers } = globalConfig;
    const pool = new Tinypool({
      filename: worker,
      runtime,
      env: process.env,
      minThreads: maxWorkers,
      maxThreads: maxWorkers,
      trackUnmanagedFds: false,
    });
    return { pool, run: ({ path }) => inTime(pool, path, pool.run(path, { channel: answering(workerData) })) };
  }
}

const answering = workerData => {
  let tell;
  return {
    onMessage(listener) {
      tell = listener;
    },
    postMessage(message) {
      if (message === 'jest-light-runner-get-worker-data') tell({ type: 'jest-light-runner-worker-data', workerData });
    },
  };
};

const inTime = (pool, path, run) => {
  const timer = setTimeout(() => {
    process.stderr.write(`${path} has not ended after ten minutes: the run is stopped.\n`);
    for (const { process: child } of pool.threads) child.kill('SIGKILL');
    process.exit(1);
  }, limit);
  return run.finally(() => {
    clearTimeout(timer);
  });
};
