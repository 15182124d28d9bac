import {execFile} from 'node:child_process'
import {readdir, readFile} from 'node:fs/promises'
import {join} from 'node:path'
import {promisify} from 'node:util'
import {describe, expect, test} from 'vitest'
import {play} from './support/screen.js'
import {EVERYTHING, HOME, madeIn, passwordFiles, richObjects} from './support/setup-scenes.js'
import {hasKubectl, hasScript, onRealCluster, theatre, type Stage} from './support/stage.js'
import {movesFor, takes} from './support/wizard.js'

/** The wizard on one cluster, and each of what it saves on a cluster of its own. */
const stages = {wizard: theatre(), runbook: theatre(), answers: theatre(), manifests: theatre(), script: theatre()}

const prepared = async (name: keyof typeof stages): Promise<Stage> => {
  const scene = await stages[name].stage()
  for (const [file, text] of Object.entries(passwordFiles)) await scene.file(file, text)
  await scene.given(...richObjects)
  return scene
}

const made = async (scene: Stage): Promise<Record<string, unknown>> => {
  await scene.settle()
  return madeIn(scene, 'flows')
}

/** Runs lines of a shell in the folder of a stage; kubectl is on the PATH, or is not needed. */
const ran = async (scene: Stage, line: string): Promise<string> => {
  const {out, err, code} = await scene.start(line, {timeout: 60_000}).ended
  expect(code, `${line}\n${out}${err}`).toBe(0)
  await scene.settle()
  return out
}

const SAVED = '--save-runbook setup.sh --save-manifests m --save-answers answers.yaml'

describe.skipIf(!hasScript || !hasKubectl || onRealCluster)('what a set-up saves', () => {
  test('makes the same cluster as the wizard: runbook, answers and manifests', {timeout: 180_000}, async () => {
    const [wizard, runbook, answers, manifests] = await Promise.all([
      prepared('wizard'),
      prepared('runbook'),
      prepared('answers'),
      prepared('manifests'),
    ])
    const last = takes('Set up platform "shop"', 'yes', 'yes, carry it out')
    const moves = movesFor([...EVERYTHING, last], {keep: false})
    const played = await play(wizard, `kubectl sfl platform setup -n ${HOME} ${SAVED}`, moves)
    expect(played.code, played.scrolled).toBe(0)
    const expected = await made(wizard)
    expect(Object.keys(expected)).toContain('sonataflow.org/v1alpha08 SonataFlowPlatform flows/shop')

    // The runbook names the files with the passwords, and reads them where it is run.
    const script = await readFile(join(wizard.folder, 'setup.sh'), 'utf8')
    expect(script).not.toContain('s3cret')
    await runbook.file('setup.sh', script)
    await answers.file('answers.yaml', await readFile(join(wizard.folder, 'answers.yaml'), 'utf8'))
    const names = (await readdir(join(wizard.folder, 'm'))).toSorted()
    for (const name of names) await manifests.file(name, await readFile(join(wizard.folder, 'm', name), 'utf8'))
    const secrets = script.split('\n').filter((line) => / secret create-/.test(line))
    const apply = (files: readonly string[]): string =>
      `kubectl apply --server-side --field-manager kubectl-sfl ${files.map((name) => `-f ${name}`).join(' ')}`

    const [first, second] = await Promise.all([
      (async () => [await ran(runbook, 'sh ./setup.sh'), await ran(runbook, './setup.sh || sh ./setup.sh')])(),
      ran(answers, 'kubectl sfl platform setup --answers answers.yaml --yes'),
      (async () => {
        await ran(manifests, apply(names.slice(0, 1)))
        await ran(manifests, secrets.join(' && '))
        await ran(manifests, apply(names.slice(1)))
      })(),
    ]).then(([scripts]) => scripts)
    expect(first).toContain('secret/new-auth created')
    expect(second).toContain('secret/new-auth unchanged')
    expect(second).toContain('broker.eventing.knative.dev/events unchanged')
    expect(await made(runbook)).toEqual(expected)
    expect(await made(answers)).toEqual(expected)
    expect(await made(manifests)).toEqual(expected)
  })

  test('is a script that every POSIX shell reads', {timeout: 60_000}, async () => {
    const scene = await prepared('script')
    const lines = ['name: shop', 'persistence: postgresql', 'databaseService: pgsql:5433', 'databaseSecret: new-auth']
    const more = ['databaseUser: "o\'brien"', 'databasePasswordFile: "pg.txt"', 'eventing: direct']
    await scene.file('a.yaml', `${[...lines, ...more].join('\n')}\n`)
    await ran(
      scene,
      'kubectl sfl platform setup -n workflows --answers a.yaml --dry-run=client --save-runbook quoted.sh',
    )
    const path = join(scene.folder, 'quoted.sh')
    for (const shell of ['sh', 'dash', 'bash'])
      await promisify(execFile)(shell, ['-n', path]).catch((error: NodeJS.ErrnoException) => {
        if (error.code !== 'ENOENT') throw error
      })
    await promisify(execFile)('shellcheck', ['-s', 'sh', path]).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') throw error
    })
    expect(await readFile(path, 'utf8')).toContain(`--user 'o'\\''brien'`)
  })
})
