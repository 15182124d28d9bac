import {mkdtemp, writeFile} from 'node:fs/promises'
import {join} from 'node:path'
import {stripVTControlCharacters} from 'node:util'
import {afterAll, afterEach, beforeAll, expect} from 'vitest'
import {BROKER, TRIGGER} from '../../../src/domain/eventing/names.js'
import {type Kind, type KubeObject} from '../../../src/domain/core/object.js'
import {recordAt} from '../../../src/domain/core/read.js'
import {type AdminApi} from './admin-api.js'
import {type Access, kubeconfigFor} from './credentials.js'
import {withoutPlaces, withoutProgress, withoutTimes} from './normalise.js'
import {hasKubectl, openShell, type Ran, type Running, type Shell, type ShellOptions} from './shell.js'
import {onRealCluster, openWorld, type Setting, type World} from './world.js'

export {hasKubectl, hasScript, type Ran} from './shell.js'
export {onRealCluster} from './world.js'

/** One scenario: a namespace, a folder and a kubeconfig of its own, and a record of what was typed and what came. */
export interface Stage {
  namespace: string
  /** The current folder of every command line. */
  folder: string
  access: Access
  api: AdminApi
  /** Types a line, waits for its end and for the controllers, and records it. */
  sh(line: string, options?: ShellOptions): Promise<Ran>
  /** The same without recording it: preparations. Fails unless it ends with 0. */
  prepare(line: string, options?: ShellOptions): Promise<Ran>
  /** Starts a line and returns while it runs; `record` it when it has ended. */
  start(line: string, options?: ShellOptions): Running
  record(line: string, ran: Ran): void
  /** Writes a file into the folder. */
  file(name: string, text: string): Promise<string>
  /** Creates objects as the administrator, and lets the controllers finish. */
  given(...objects: readonly KubeObject[]): Promise<void>
  settle(): Promise<void>
  /** Objects of the namespace (brokers and triggers, unless told) by name, with what tells whether they were touched. */
  state(...kinds: Kind[]): Promise<Record<string, unknown>>
  /** A text without what differs from run to run. */
  normal(text: string): string
  /** Compares everything recorded with `test/golden/blackbox/NAME.txt`. */
  matches(golden: string): Promise<void>
}

/** What kubectl calls when the line is typed. */
const calledByKubectl = (line: string): string => line.replaceAll('kubectl sfl', 'kubectl-sfl')

interface TheatreOptions extends Partial<Setting> {
  /**
   * Lines go through kubectl, as typed. Default: on a real cluster. On the sandbox most call what kubectl would call,
   * since kubectl takes as long as the plugin itself.
   */
  kubectl?: boolean
}

/**
 * Opens the cluster and the shell of a test file; call it once at the top of the file. The cluster serves all stages,
 * unless the scenarios need their `own`.
 */
export const theatre = ({layout = 'knative', own = false, kubectl = onRealCluster}: TheatreOptions = {}): {
  stage(): Promise<Stage>
  shell(): Shell
  world(): World
} => {
  let world: World | undefined
  let shell: Shell | undefined
  const leave = async (): Promise<void> => {
    await world?.close()
    world = undefined
  }
  beforeAll(async () => {
    ;[world, shell] = await Promise.all([own ? undefined : openWorld({layout, own}), openShell()])
  })
  if (own) afterEach(leave)
  afterAll(async () => {
    await Promise.all([leave(), shell?.close()])
  })
  const opened = <T>(thing: T | undefined): T => {
    if (thing === undefined) throw new Error('the theatre opens with the first test')
    return thing
  }
  return {
    async stage() {
      if (own) {
        await leave()
        world = await openWorld({layout, own})
      }
      return openStage(opened(world), opened(shell), kubectl && hasKubectl)
    },
    shell: () => opened(shell),
    world: () => opened(world),
  }
}

/** Fails a line that makes the server say that something is deprecated: no user should read that because of us. */
const withoutDeprecations = (line: string, running: Running): Running => {
  const ended = running.ended.then((ran) => {
    const [warning] = /Warning: .*\bdeprecated\b.*/.exec(stripVTControlCharacters(ran.out + ran.err)) ?? []
    if (warning !== undefined) throw new Error(`${line} uses what the server wants to be rid of: ${warning}`)
    return ran
  })
  // As that of the line itself: who does not wait for its end is not troubled.
  ended.catch(() => {})
  return {...running, ended}
}

const openStage = async (world: World, shell: Shell, throughKubectl: boolean): Promise<Stage> => {
  const {api, access} = world
  const [namespace, folder] = await Promise.all([world.newNamespace(), mkdtemp(join(shell.folder, 'stage-'))])
  const kubeconfig = join(folder, 'kubeconfig')
  await writeFile(kubeconfig, kubeconfigFor(access, namespace))
  const transcript: string[] = []
  const particulars = {namespace, server: access.server, folder}
  const steady = (text: string): string => withoutPlaces(text, particulars).replaceAll(shell.folder, '/tmp')
  const normal = (text: string): string => withoutTimes(steady(text))

  const start = (line: string, options: ShellOptions = {}): Running =>
    withoutDeprecations(
      line,
      shell.start(throughKubectl ? line : calledByKubectl(line), {
        cwd: folder,
        ...options,
        env: {KUBECONFIG: kubeconfig, ...options.env},
      }),
    )
  const settle = (): Promise<void> => world.settle(namespace)
  const run = async (line: string, options?: ShellOptions): Promise<Ran> => {
    const ran = await start(line, options).ended
    await settle()
    return ran
  }
  const record = (line: string, ran: Ran): void => {
    const out = normal(ran.out)
    const err = withoutProgress(normal(ran.err))
    const parts = [
      `$ ${steady(line)}\n`,
      out,
      // What jsonpath prints has no line end, as with kubectl; the golden text shows that.
      out === '' || out.endsWith('\n') ? '' : '<no line end>\n',
      err === '' ? '' : `--- stderr\n${err}`,
      `--- exit ${ran.code}\n`,
    ]
    transcript.push(parts.join(''))
  }
  return {
    namespace,
    folder,
    access,
    api,
    start,
    record,
    settle,
    normal,
    async sh(line, options) {
      const ran = await run(line, options)
      record(line, ran)
      return ran
    },
    async prepare(line, options) {
      const ran = await run(line, options)
      if (ran.code !== 0) throw new Error(`could not prepare: ${line}\n${ran.out}${ran.err}`)
      return ran
    },
    async file(name, text) {
      const path = join(folder, name)
      await writeFile(path, text)
      return path
    },
    async given(...objects) {
      for (const object of objects) await api.create(object)
      await settle()
    },
    async state(...kinds) {
      const wanted = kinds.length === 0 ? [BROKER, TRIGGER] : kinds
      const lists = await Promise.all(wanted.map((kind) => api.list(kind, namespace)))
      const facts = ({metadata, ...object}: KubeObject) => ({
        spec: recordAt(object, 'spec'),
        labels: metadata.labels ?? {},
        uid: metadata.uid,
        deleted: metadata.deletionTimestamp !== undefined,
      })
      return Object.fromEntries(lists.flat().map((object) => [`${object.kind} ${object.metadata.name}`, facts(object)]))
    },
    async matches(golden) {
      const path = join(import.meta.dirname, '../../golden/blackbox', `${golden}.txt`)
      await expect(transcript.join('\n')).toMatchFileSnapshot(path)
    },
  }
}
