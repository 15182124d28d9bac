import {unfoldIndex, type CommandIndex} from '../../src/cli/command-index.js'
import type {Cluster} from '../../src/cli/runtime.js'
import {invalid} from '../../src/domain/core/errors.js'
import {executePlan} from '../../src/kube/execute-plan.js'
import type {KubeClient} from '../../src/kube/client.js'
import {waitFor} from '../../src/kube/wait.js'
import {withSignal} from '../../src/kube/with-signal.js'
import type {Host, RuntimeOverrides} from '../../src/process/host.js'
import {main} from '../../src/app/main.js'
import type {Layout} from '../../src/sandbox/kinds/all.js'
import {createSandbox, type Sandbox, type SandboxOptions} from '../../src/sandbox/sandbox.js'
import {VERSION} from '../../src/entry/version.js'
import {scriptedPrompts, type Script} from './scripted-prompts.js'
import {streamsTo} from './streams.js'

/** The moment at which tests happen; objects that a scenario makes are as old as it says. */
export const NOW = new Date('2026-03-01T12:00:00Z')

/** With anything of a script there is a terminal. */
export interface Scenario extends Script {
  sandbox?: Sandbox
  /** Who installed Knative in the sandbox that is made when none is given. Default: `knative`, plain ConfigMaps. */
  layout?: Layout
  /** Replaces the sandbox's client, to listen in or to break things. */
  client?: KubeClient
  /** Who asks the sandbox; `admin` may everything. */
  user?: string
  namespace?: string
  /** Answers to confirmations, in order; left out, there is no terminal. */
  answers?: readonly boolean[]
  /** What is typed into inputs, hidden ones too, in order; a refused answer is followed by the next one. */
  typed?: readonly string[]
  invokedAs?: string
  env?: Readonly<Record<string, string>>
  files?: Readonly<Record<string, string>>
  /** Takes the files that are written. */
  written?: Map<string, string>
  now?: Date
  /** Nobody reads stdout any more once it resolves, or writing to it fails with this error. */
  readerGone?: Promise<Error | undefined>
  /** Comes through as Ctrl-C or a termination once it resolves. */
  interruption?: Promise<'SIGINT' | 'SIGTERM'>
  /** Nothing is left that could end the run once it resolves, or this was thrown where nobody catches it. */
  stranded?: Promise<unknown>
  /** Sees what is written when it is written. */
  onOut?(text: string): void
  onErr?(text: string): void
  runProgram?: Host['runProgram']
  outputOf?: Host['outputOf']
  world?: RuntimeOverrides
}

export interface Ran {
  /** stdout, whole. */
  out: string
  /** stderr, whole. */
  err: string
  code: number
}

/** What the build writes into oclif.manifest.json, made once for all tests of a worker. */
let index: Promise<CommandIndex> | undefined

export const readIndex = (): Promise<CommandIndex> => (index ??= makeIndex())

const makeIndex = async (): Promise<CommandIndex> => {
  const [{createIndex, indexText}, {commands}] = await Promise.all([
    import('../../src/cli/create-index.js'),
    import('../../src/commands/index.js'),
  ])
  return unfoldIndex(JSON.parse(indexText(await createIndex(commands, VERSION))), VERSION)
}

const A_DAY = 24 * 3600 * 1000

/**
 * A sandbox whose clock stands still at NOW. Its controllers act when a command begins to wait, and at its end: what a
 * command sees never depends on how fast the machine is.
 */
export const aSandbox = (options: SandboxOptions = {}): Sandbox =>
  createSandbox({now: () => NOW, delayMs: A_DAY, ...options})

/** Splits a command line as a shell would, as far as tests need it: blanks separate, quotes hold together. */
export const words = (line: string): string[] =>
  [...line.matchAll(/(?:[^\s"']+|"[^"]*"|'[^']*')+/g)].map(([word]) => word.replace(/"([^"]*)"|'([^']*)'/g, '$1$2'))

/** What clients asked of the sandbox that would change something; dry runs are marked as such. */
export const writes = ({requests}: Pick<Sandbox, 'requests'>): string[] =>
  requests.filter((request) => /^(create|patch|apply|delete) /.test(request))

/** Runs one command line in this process against the sandbox's store: argv in, both streams and the exit code out. */
export const run = async (line: string | readonly string[], scenario: Scenario = {}): Promise<Ran> => {
  const out: string[] = []
  const err: string[] = []
  const write = (into: string[], listener: ((text: string) => void) | undefined) => (text: string) => {
    into.push(text)
    listener?.(text)
    return true
  }
  const toOut = write(out, scenario.onOut)
  const sandbox = scenario.sandbox ?? aSandbox(scenario.layout === undefined ? {} : {layout: scenario.layout})
  const toErr = write(err, (text) => {
    if (text.startsWith('waiting for ')) void sandbox.settle()
    scenario.onErr?.(text)
  })
  const client = scenario.client ?? sandbox.client(scenario.user)
  const interactive = [scenario.answers, scenario.typed, scenario.replies].some((script) => script !== undefined)
  const streams = streamsTo({out: toOut, err: toErr}, {interactive})
  const abort = new AbortController()
  const {signal} = abort
  const world: RuntimeOverrides = {
    streams,
    prompts: scriptedPrompts(scenario, (text) => void toErr(text)),
    connect: async (options): Promise<Cluster> => {
      const port = withSignal(client, signal)
      return {
        client: port,
        namespace: options.namespace ?? scenario.namespace ?? 'default',
        server: 'https://sandbox',
        carryOut: (plan, rest) => executePlan(port, plan, {...rest, signal}),
        waitFor: (ref, judge, rest) => waitFor(port, ref, judge, {...rest, signal}),
        close: () => {},
      }
    },
    ...scenario.world,
  }
  const host: Host = {
    argv: typeof line === 'string' ? words(line) : [...line],
    invokedAs: scenario.invokedAs ?? '/usr/local/bin/kubectl-sfl',
    version: VERSION,
    env: scenario.env ?? {},
    stdin: {isTTY: interactive},
    stdout: {write: toOut},
    stderr: {write: toErr},
    now: () => scenario.now ?? NOW,
    onSignal: (handler) => {
      void scenario.interruption?.then((name) => {
        handler(name)
        abort.abort()
      })
      return () => {}
    },
    onStranded: (handler) => {
      void scenario.stranded?.then(handler)
      return () => {}
    },
    onReaderGone: (handler) =>
      void scenario.readerGone?.then((failure) => {
        handler(failure)
        abort.abort()
      }),
    written: () => new Promise((resolve) => setImmediate(resolve)),
    readFile: async (path) => {
      const text = scenario.files?.[path.replace(/\/{2,}/g, '/')]
      if (text === undefined) throw invalid(`cannot read ${path}: ENOENT: no such file or directory, open '${path}'`)
      return text
    },
    writeFile: async (path, text) => void scenario.written?.set(path, text),
    listFolder: async (path) => {
      const folder = path === '.' ? '' : `${path.replace(/\/+$/, '')}/`
      const inside = Object.keys(scenario.files ?? {})
        .filter((file) => file.startsWith(folder))
        .map((file) => file.slice(folder.length))
      const names = [...new Set(inside.map((file) => file.split('/')[0] ?? ''))]
      return inside.length === 0
        ? undefined
        : names.map((name) => ({name, isFolder: inside.some((file) => file.startsWith(`${name}/`))}))
    },
    outputOf: scenario.outputOf ?? (() => Promise.reject(new Error('this scenario runs no programs'))),
    runProgram: scenario.runProgram ?? (() => Promise.reject(new Error('this scenario runs no programs'))),
    loadIndex: () => readIndex(),
  }
  const code = await main(host, world)
  await sandbox.settle()
  return {out: out.join(''), err: err.join(''), code}
}
