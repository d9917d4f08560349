// Prints what commands cost as ratios to bare node: whole processes, all in one run, interleaved.
// Usage: npm run bench [-- <rounds>]
// Exits 1 only when a command fails.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const rounds = Number(process.argv[2] ?? 7);
const scratch = mkdtempSync(join(tmpdir(), 'tf-access-entries-bench-'));
const cli = fileURLToPath(new URL('../dist/bundle/main.js', import.meta.url));
const out = join(scratch, 'out');

const row = index => `
    {
      rolearn  = "arn:aws:iam::111122223333:role/team-${index}"
      username = "team-${index}"
      groups   = [${index % 2 === 0 ? '"system:masters"' : `"team-${index}"`}]
    },`;

const rootModule = rows => `module "eks" {
  source  = "terraform-aws-modules/eks/aws"
  version = "20.24.3"

  cluster_name = "bench"
}

module "aws_auth" {
  source  = "terraform-aws-modules/eks/aws//modules/aws-auth"
  version = "~> 20.0"

  create_aws_auth_configmap = true
  manage_aws_auth_configmap = true

  aws_auth_roles = [${Array.from({ length: rows }, (_, index) => row(index)).join('')}
  ]
}
`;

/** Writes the files of a directory in the scratch folder and returns its path. */
const directory = (name, files) => {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(scratch, name, path)), { recursive: true });
    writeFileSync(join(scratch, name, path), text);
  }
  return join(scratch, name);
};

const twentyRows = directory('twenty-rows', { 'main.tf': rootModule(20) });

/** A root module that has nothing to do with access. */
const bucket = index => `resource "aws_s3_bucket" "logs" {
  bucket = "logs-${index}"

  tags = {
    Team = "platform"
  }
}
`;

const noInterest = directory('no-interest', { 'main.tf': bucket(0) });

/** A monorepo: five files for each root module, and one in ten of these with a cluster. */
const monorepo = directory(
  'monorepo',
  Object.fromEntries(
    Array.from({ length: 2000 }, (_, index) => {
      const relevant = index % 50 === 0;
      return [`root-${Math.floor(index / 5)}/file-${index}.tf`, relevant ? rootModule(20) : bucket(index)];
    }),
  ),
);

/** One line each: the arguments of node, the ratio to stay under, and the exit status. */
const benches = [
  { name: 'node -e 0', args: ['-e', '0'] },
  { name: 'convert, 20 rows', args: [cli, 'convert', twentyRows, '--out', out], target: 8 },
  { name: 'status, 20 rows', args: [cli, 'status', twentyRows], target: 5 },
  { name: 'check, of no interest', args: [cli, 'check', join(noInterest, 'main.tf')], target: 1.5 },
  { name: 'check, 20 rows', args: [cli, 'check', twentyRows], target: 5, wanted: 1 },
  { name: 'check, 40 of 2,000', args: [cli, 'check', monorepo], target: 25, wanted: 1 },
];

const run = ({ name, args, wanted = 0 }, options = []) => {
  rmSync(out, { recursive: true, force: true });
  const start = performance.now();
  const { status, stderr } = spawnSync(process.execPath, [...options, ...args], {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  const milliseconds = performance.now() - start;
  if (status !== wanted) throw new Error(`${name}: exit status ${status}\n${stderr}`);
  return milliseconds;
};

/** In a run of its own, since the preload that reports it costs time. */
const peakMegabytes = bench => {
  const report = join(scratch, 'peak');
  const preload = `import { writeFileSync } from 'node:fs';
process.on('exit', () => writeFileSync(${JSON.stringify(report)}, String(process.resourceUsage().maxRSS)));`;
  run(bench, ['--import', `data:text/javascript,${encodeURIComponent(preload)}`]);
  return Number(readFileSync(report, 'utf8')) / 1024;
};

const median = numbers => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];

const measure = () => {
  const times = benches.map(() => []);
  for (const bench of benches) run(bench);
  for (let round = 0; round < rounds; round += 1) {
    for (const [index, bench] of benches.entries()) times[index].push(run(bench));
  }
  const [bare] = times.map(median);
  return benches.map((bench, index) => {
    const milliseconds = median(times[index]);
    return { ...bench, milliseconds, ratio: milliseconds / bare, peak: peakMegabytes(bench) };
  });
};

const line = (...cells) =>
  console.log(cells.map((cell, index) => (index === 0 ? cell.padEnd(24) : cell.padStart(9))).join(''));

try {
  const results = measure();
  console.log(`node ${process.version}, medians of ${rounds}`);
  line('', 'ms', 'ratio', 'target', 'peak MB');
  for (const { name, milliseconds, ratio, target, peak } of results) {
    const goal = target === undefined ? '' : `${ratio <= target ? '' : '! '}<= ${target}`;
    line(name, milliseconds.toFixed(0), ratio.toFixed(2), goal, peak.toFixed(0));
  }
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
