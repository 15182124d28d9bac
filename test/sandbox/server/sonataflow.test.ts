import {execFile, spawnSync} from 'node:child_process'
import {mkdtemp, rm, writeFile} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterAll, beforeAll, describe, expect, test} from 'vitest'
import {migrationJobName} from '../../../src/domain/sonataflow/names.js'
import {type SandboxServer, startServer} from '../../../src/sandbox/server/server.js'
import {demo} from '../manifests.js'
import {clusterPlatform, database, platform, postgres, settled, workflow} from '../sonataflow.js'

const present = spawnSync('kubectl', ['version', '--client'], {stdio: 'ignore'}).status === 0

describe.skipIf(!present)('a real kubectl on a sandbox with SonataFlow', () => {
  let door: SandboxServer
  let folder: string

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sandbox-'))
    const sandbox = demo()
    sandbox.load(postgres())
    const persistence = {dbMigrationStrategy: 'job'}
    const podTemplate = {replicas: 2, podDisruptionBudget: {minAvailable: 1}}
    await settled(sandbox, platform('p', {persistence: database(), services: {dataIndex: {persistence, podTemplate}}}))
    await settled(sandbox, platform('q'))
    await settled(sandbox, clusterPlatform('c', 'p'))
    await settled(sandbox, workflow('hello', {podTemplate: {container: {image: 'registry.local/hello:1'}}}))
    door = await startServer(sandbox)
    await writeFile(join(folder, 'config'), door.kubeconfig)
  })
  afterAll(async () => {
    await door.close()
    await rm(folder, {recursive: true, force: true})
  })

  /** Both streams, with single blanks and without those at line ends. */
  const kubectl = (...words: string[]) =>
    new Promise<string>((resolve) => {
      const env = {...process.env, KUBECONFIG: join(folder, 'config'), HOME: folder}
      execFile('kubectl', ['-n', 'demo', ...words], {env, cwd: folder}, (_error, stdout, stderr) => {
        resolve(`${stdout}${stderr}`.replaceAll(/ +/g, ' ').replaceAll(/ $/gm, ''))
      })
    })

  test.each([
    [
      ['sfp'],
      `NAME CLUSTER READY REASON
p kubernetes True
q False Duplicated
`,
    ],
    [
      ['sonataflowclusterplatforms'],
      `NAME PLATFORM_NAME PLATFORM_NS READY REASON
c p demo True
`,
    ],
    [
      ['sf'],
      `NAME PROFILE VERSION URL READY REASON
hello gitops 0.0.1 http://hello.demo/hello True
`,
    ],
    [
      ['pdb'],
      `NAME MIN AVAILABLE MAX UNAVAILABLE ALLOWED DISRUPTIONS AGE
p-data-index-service 1 N/A 1 0s
`,
    ],
  ])('gets %s with its columns', async (words, expected) => {
    expect(await kubectl('get', ...words)).toBe(expected)
  })

  test('reads the last lines of the migration Job’s log', async () => {
    const job = migrationJobName('1.38.0')
    expect(await kubectl('logs', `${job}-x2x7q`, '--tail=1')).toBe('DB migration finished\n')
    expect(await kubectl('logs', `job/${job}`, '--tail=2')).toBe(
      'Successfully applied all migrations\nDB migration finished\n',
    )
  })
})
