import {execFile} from 'node:child_process'
import {mkdir, mkdtemp, readFile, rm, symlink, writeFile} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {dirname, join, resolve} from 'node:path'
import {promisify} from 'node:util'
import {afterAll, beforeAll, describe, expect, test} from 'vitest'
import {listAt, textAt} from '../../src/domain/core/read.js'

/** Modules that go where they must not, each with the rule that stops it. */
const offences = [
  ['domain/reads-files', "import 'node:fs'", 'domain-imports'],
  ['domain/asks-a-cluster', "import {x} from '../kube/client.js'", 'domain-imports'],
  ['domain/parses-yaml', "import 'yaml'", 'domain-imports'],
  ['facts/prints', "import {x} from '../output/target.js'", 'facts-imports'],
  ['facts/passes-the-port-by', "import {x} from '../kube/transport.js'", 'facts-imports'],
  ['facts/reads-keys', "import 'node:crypto'", 'keys-in-one-place'],
  ['kube/prints', "import {x} from '../output/target.js'", 'kube-imports'],
  ['kube/asks', "import 'inquirer'", 'kube-imports'],
  ['output/asks-a-cluster', "import {x} from '../kube/client.js'", 'output-imports'],
  ['output/reads-files', "import 'node:fs'", 'output-imports'],
  ['terminal/judges', "import {x} from '../domain/target.js'", 'terminal-imports'],
  ['sandbox/prints', "import {x} from '../output/target.js'", 'sandbox-imports'],
  ['sandbox/asks-over-http', "import {x} from '../kube/transport.js'", 'sandbox-imports'],
  ['completion/prints', "import {x} from '../output/target.js'", 'completion-imports'],
  ['completion/loads-oclif', "import '@oclif/core'", 'completion-imports'],
  ['completion/knows-commands', "import {x} from '../commands/target.js'", 'completion-imports'],
  ['cli/knows-commands', "import {x} from '../commands/target.js'", 'cli-imports'],
  ['cli/looks-facts-up', "import {x} from '../facts/target.js'", 'cli-imports'],
  ['cli/makes-a-transport', "import {x} from '../kube/transport.js'", 'cli-takes-types-from-kube'],
  ['commands/asks', "import {x} from '../terminal/target.js'", 'commands-imports'],
  ['commands/reads-files', "import 'node:fs'", 'commands-imports'],
  ['commands/uses-the-client', "import '@kubernetes/client-node'", 'commands-imports'],
  ['commands/goes-past-the-port', "import {x} from '../kube/transport.js'", 'commands-imports'],
  ['commands/broker/rehearses', "import {x} from '../../sandbox/target.js'", 'sandbox-only-from-its-commands'],
  ['commands/broker/completes', "import {x} from '../../completion/target.js'", 'completion-only-from-its-commands'],
  ['commands/broker/leans-on-another', "import {x} from './target.js'", 'commands-stand-alone'],
  ['domain/circle-one', "import {x} from './circle-two.js'", 'no-circles'],
  ['domain/circle-by-type-one', "import type {x} from './circle-by-type-two.js'", 'no-circles'],
  ['domain/nobody-needs-it', '', 'no-orphans'],
  ['app/composition', "import 'inquirer'", 'start-up-path'],
  ['app/main', "import {x} from '../sandbox/target.js'", 'start-up-path'],
] as const

/** Modules that stay where they belong. */
const citizens = [
  ['cli/knows-the-port', "import {x} from '../kube/client.js'"],
  ['cli/knows-a-type', "import type {x} from '../kube/transport.js'"],
  ['commands/sandbox/rehearses', "export const load = () => import('../../sandbox/target.js')"],
  ['commands/completion/completes', "import {x} from '../../completion/target.js'"],
  ['completion/asks-a-cluster', "import {x} from '../kube/client.js'"],
  ['facts/certificates', "import 'node:crypto'"],
  ['facts/knows-the-port', "import {x} from '../kube/client.js'"],
  ['terminal/asks', "import 'inquirer'"],
  ['kube/reads-files', "import 'node:fs'"],
  ['domain/circle-two', "import {x} from './circle-one.js'"],
  ['domain/circle-by-type-two', "import type {x} from './circle-by-type-one.js'"],
] as const

const TARGETS = ['domain', 'facts', 'output', 'sandbox', 'completion', 'terminal', 'commands', 'commands/broker'].map(
  (room) => `${room}/target`,
)

let folder = ''
let found: string[] = []

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'layers-'))
  const put = async (path: string, text: string): Promise<void> => {
    await mkdir(dirname(join(folder, path)), {recursive: true})
    await writeFile(join(folder, path), text)
  }
  await symlink(resolve('node_modules'), join(folder, 'node_modules'))
  await put('.dependency-cruiser.cjs', await readFile('.dependency-cruiser.cjs', 'utf8'))
  await put('tsconfig.json', '{"compilerOptions": {"module": "nodenext", "moduleResolution": "nodenext"}}')
  await put('package.json', '{"type": "module"}')
  for (const target of [...TARGETS, 'kube/client', 'kube/transport'])
    await put(`src/${target}.ts`, 'export const x = 1\n')
  for (const [path, line] of [...offences, ...citizens])
    await put(`src/${path}.ts`, `${line}\n${line.includes('{x}') ? 'export const y = x\n' : 'export const y = 1\n'}`)
  const cruise = resolve('node_modules/dependency-cruiser/bin/dependency-cruise.mjs')
  const {stdout} = await promisify(execFile)(
    process.execPath,
    [cruise, 'src', '--config', '.dependency-cruiser.cjs', '--output-type', 'json'],
    {cwd: folder, maxBuffer: 1 << 26},
  ).catch((error: {stdout: string}) => error)
  const report: unknown = JSON.parse(stdout)
  found = listAt(report, 'summary', 'violations').map(
    (violation) =>
      `${textAt(violation, 'from')?.replace(/^src\/|\.ts$/g, '')} breaks ${textAt(violation, 'rule', 'name')}`,
  )
}, 120_000)

afterAll(() => rm(folder, {recursive: true, force: true}))

describe('the layer check', () => {
  test.each(offences)('stops %s (%s)', (path, _line, rule) => {
    expect(found).toContain(`${path} breaks ${rule}`)
  })

  test('lets pass what may be', () => {
    const names = citizens.map(([path]) => path).filter((path) => !path.includes('circle'))
    expect(found.filter((line) => names.some((name) => line.startsWith(`${name} `)))).toEqual([])
  })
})
