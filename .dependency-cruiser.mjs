// What may import what in lib/: `npx depcruise lib`, and test/architecture.

/** The rooms that the command line alone has: the bundle brings their packages, so that they are not installed. */
const bundled = '^lib/(cli|report)/';

/** A room imports itself and the rooms after it. */
const rooms = [
  'cli',
  'report',
  'checker',
  'verifier',
  'emitter',
  'transformer',
  'parser',
  'terraform',
  'config',
  'eks',
  'hcl',
  'diagnostics',
  'escape',
];

/** Files that may touch the machine. */
const impure = ['^lib/cli/', '^lib/node[.]ts$', '^lib/hcl/gate[.]ts$'];

/** Packages that have one home. */
const homes = {
  '@cdktf/hcl2json': '^lib/hcl/gate[.]ts$',
  'web-tree-sitter': '^lib/hcl/',
  yargs: '^lib/cli/',
};

const forbid = (name, from, to) => ({ name, severity: 'error', from, to });

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    forbid('circle', { path: '^lib/' }, { circular: true }),
    ...rooms
      .map((room, place) => ({ room, below: rooms.slice(place) }))
      .filter(({ room }) => room !== 'cli')
      .map(({ room, below }) =>
        forbid(`up from ${room}`, { path: `^lib/${room}/` }, { path: '^lib/', pathNot: `^lib/(${below.join('|')})/` }),
      ),
    forbid('no room', { path: '^lib/[^/]+/', pathNot: `^lib/(${rooms.join('|')})/` }, {}),
    // Files beside the rooms are entrances, or pieces of the pipeline: these may import rooms and each other.
    forbid('up from the public API', { path: '^lib/index[.]ts$' }, { path: '^lib/(cli/|node[.]ts$)' }),
    forbid('more than it loads', { path: '^lib/node[.]ts$' }, { path: '^lib/', pathNot: '^lib/(hcl/|convert[.]ts$)' }),
    forbid(
      'up from the pipeline',
      { path: '^lib/[^/]+[.]ts$', pathNot: '^lib/(index|node)[.]ts$' },
      { path: '^lib/(cli/|(index|node)[.]ts$)' },
    ),
    forbid('not pure', { path: '^lib/', pathNot: impure }, { dependencyTypes: ['core'] }),
    forbid(
      'not installed',
      { path: '^lib/', pathNot: bundled },
      { path: '^(?!lib/)', dependencyTypesNot: ['core', 'npm'] },
    ),
    forbid('not installed', { path: bundled }, { path: '^(?!lib/)', dependencyTypesNot: ['core', 'npm', 'npm-dev'] }),
    ...Object.entries(homes).map(([name, home]) =>
      forbid('not at home', { path: '^lib/', pathNot: home }, { path: `(^|/)node_modules/${name}/` }),
    ),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    parser: 'swc',
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'types', 'default'],
      mainFields: ['module', 'main', 'types'],
    },
  },
};
