// The rooms of the house and who may enter which. See CONTRIBUTING.md.
const room = (name) => `^src/${name}/`
const only = (name, allowed, packages = []) => ({
  name: `${name}-imports`,
  comment: `src/${name} may import ${[...allowed, ...packages].join(', ') || 'nothing'}`,
  severity: 'error',
  from: {path: room(name)},
  to: {
    pathNot: [
      room(name),
      ...allowed.map((path) => (path.endsWith('.ts') ? `^src/${path}$` : room(path))),
      ...packages.map((pkg) => (pkg === 'node:' ? '^(node:)?[a-z_/]+$' : `(^|/)node_modules/${pkg}(/|$)|^${pkg}$`)),
    ],
  },
})

module.exports = {
  forbidden: [
    only('domain', []),
    only('facts', ['domain', 'kube/client.ts', 'kube/errors.ts'], ['yaml', 'crypto']),
    only('kube', ['domain', 'process/timer.ts'], ['@kubernetes', 'yaml', 'ws', 'node:']),
    only('output', ['domain'], ['cli-table3', 'string-width', 'yaml', 'diff']),
    only('terminal', ['domain/core/printable.ts', 'process/timer.ts'], ['inquirer', 'ansis', 'node:']),
    only(
      'sandbox',
      ['domain', 'kube/client.ts', 'kube/errors.ts', 'kube/resources.ts', 'process/timer.ts'],
      ['yaml', '@peculiar', 'reflect-metadata', 'ws', 'node:'],
    ),
    only('completion', ['domain', 'kube'], ['node:']),
    only('cli', ['domain', 'output', 'terminal', 'kube', 'process/timer.ts'], ['@oclif', 'node:']),
    only(
      'commands',
      ['cli', 'facts', 'domain', 'output', 'kube/client.ts', 'kube/errors.ts', 'sandbox', 'completion'],
      ['@oclif'],
    ),
    {
      name: 'cli-takes-types-from-kube',
      comment: 'cli knows the port and the errors; implementations are composed in src/app/composition.ts',
      severity: 'error',
      from: {path: room('cli')},
      to: {path: room('kube'), pathNot: '^src/kube/(client|errors)\\.ts$', dependencyTypesNot: ['type-only']},
    },
    {
      name: 'keys-in-one-place',
      comment: 'private keys and certificates are read in src/facts/certificates.ts; the rest sees plain data',
      severity: 'error',
      from: {path: room('facts'), pathNot: '^src/facts/certificates\\.ts$'},
      to: {path: '^(node:)?crypto$'},
    },
    {
      name: 'sandbox-only-from-its-commands',
      severity: 'error',
      from: {path: room('commands'), pathNot: '^src/commands/sandbox/'},
      to: {path: room('sandbox')},
    },
    {
      name: 'completion-only-from-its-commands',
      severity: 'error',
      from: {path: room('commands'), pathNot: '^src/commands/completion/'},
      to: {path: room('completion')},
    },
    {
      name: 'commands-stand-alone',
      severity: 'error',
      from: {path: '^src/commands/', pathNot: '/index\\.ts$'},
      to: {path: '^src/commands/'},
    },
    {
      name: 'no-circles',
      severity: 'error',
      from: {},
      to: {circular: true},
    },
    {
      name: 'no-orphans',
      severity: 'error',
      from: {orphan: true, pathNot: '^src/entry/(start|standalone|launch)\\.ts$|\\.d\\.ts$'},
      to: {},
    },
    {
      name: 'start-up-path',
      comment: 'client-node, prompts and the sandbox are loaded when they are used, not before',
      severity: 'error',
      from: {
        path: '^src/(entry|app|process|cli|commands)/',
        pathNot: '^src/commands/sandbox/',
      },
      to: {
        path: 'node_modules/(@kubernetes|inquirer)|^src/sandbox/',
        dependencyTypesNot: ['dynamic-import', 'type-only'],
      },
    },
  ],
  options: {
    doNotFollow: {path: 'node_modules'},
    tsPreCompilationDeps: true,
    tsConfig: {fileName: 'tsconfig.json'},
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
}
