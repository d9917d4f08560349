// Runs whole processes, interleaved, and takes medians of what each needed.
import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

// Bash measures the command without its own start, and with every process that the command waits for.
const timed = 'TIMEFORMAT="%R %U %S"; { time "$@" >/dev/null 2>"$errors"; } 2>"$times"';

/** One run: seconds on the clock, and of the processor in user and system mode together. */
const run = ({ name, command, wanted = [0], says = '', prepare }, scratch) => {
  prepare?.();
  const files = { errors: join(scratch, 'errors'), times: join(scratch, 'times') };
  const { status } = spawnSync('bash', ['-c', timed, 'bash', ...command], {
    env: { ...process.env, ...files, LC_ALL: 'C' },
  });
  const errors = readFileSync(files.errors, 'utf8');
  if (!wanted.includes(status) || !errors.includes(says)) throw new Error(`${name}: exit status ${status}\n${errors}`);
  const [wall = 0, user = 0, system = 0] = readFileSync(files.times, 'utf8').trim().split(/\s+/).map(Number);
  return { wall, processor: user + system };
};

/** In a run of its own, since the preload that reports it costs time. */
const peakMegabytes = (bench, scratch) => {
  const [node, ...rest] = bench.command;
  if (node !== process.execPath) return undefined;
  const report = join(scratch, 'peak');
  const preload = `import { writeFileSync } from 'node:fs';
process.on('exit', () => writeFileSync(${JSON.stringify(report)}, String(process.resourceUsage().maxRSS)));`;
  rmSync(report, { force: true });
  run(
    { ...bench, command: [node, '--import', `data:text/javascript,${encodeURIComponent(preload)}`, ...rest] },
    scratch,
  );
  return Number(readFileSync(report, 'utf8')) / 1024;
};

const median = numbers => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];

/** Each bench as often as it asks for, one after the other in each round. The first run of each is not counted. */
export const measure = (benches, scratch, say) => {
  const runs = benches.map(() => []);
  const most = Math.max(...benches.map(({ rounds }) => rounds));
  for (let round = -1; round < most; round += 1) {
    for (const [index, bench] of benches.entries()) {
      if (round >= bench.rounds || (round < 0 && bench.rounds < 5)) continue;
      say(`${round < 0 ? 'warm-up' : `round ${round + 1}`}: ${bench.name}`);
      const one = run(bench, scratch);
      if (round >= 0) runs[index].push(one);
    }
  }
  return benches.map((bench, index) => ({
    ...bench,
    wall: median(runs[index].map(({ wall }) => wall)),
    processor: median(runs[index].map(({ processor }) => processor)),
    peak: peakMegabytes(bench, scratch),
  }));
};
