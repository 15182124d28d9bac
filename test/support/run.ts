import type {Cluster, Runtime} from '../../src/cli/runtime.js'
import {carryOut} from '../../src/kube/carry-out.js'
import type {KubeClient} from '../../src/kube/client.js'
import {waitFor} from '../../src/kube/wait.js'
import {main, type Host, type World} from '../../src/main.js'
import {createSandbox, type Sandbox} from '../../src/sandbox/sandbox.js'
import {plainPalette} from '../../src/terminal/palette.js'
import {VERSION} from '../../src/version.js'

/** The moment at which tests happen; objects that a scenario makes are as old as it says. */
export const NOW = new Date('2026-03-01T12:00:00Z')

export interface Scenario {
  sandbox?: Sandbox
  /** Replaces the sandbox's client, to listen in or to break things. */
  client?: KubeClient
  namespace?: string
  /** Answers to confirmations, in order; left out, there is no terminal. */
  answers?: readonly boolean[]
  invokedAs?: string
  env?: Readonly<Record<string, string>>
  files?: Readonly<Record<string, string>>
  now?: Date
  signal?: AbortSignal
  world?: World
}

export interface Ran {
  /** stdout, whole. */
  out: string
  /** stderr, whole. */
  err: string
  code: number
}

/** A sandbox whose clock stands still at NOW. */
export const aSandbox = (): Sandbox => createSandbox({now: () => NOW})

/** Splits a command line as a shell would, as far as tests need it: blanks separate, quotes hold together. */
export const words = (line: string): string[] =>
  [...line.matchAll(/(?:[^\s"']+|"[^"]*"|'[^']*')+/g)].map(([word]) => word.replace(/"([^"]*)"|'([^']*)'/g, '$1$2'))

/** Runs one command line in this process against the sandbox's store: argv in, both streams and the exit code out. */
export const run = async (line: string | readonly string[], scenario: Scenario = {}): Promise<Ran> => {
  const out: string[] = []
  const err: string[] = []
  const sandbox = scenario.sandbox ?? aSandbox()
  const client = scenario.client ?? sandbox.client()
  const answers = [...(scenario.answers ?? [])]
  const interactive = scenario.answers !== undefined
  const streams: Runtime['streams'] = {
    out: (text) => void out.push(text),
    err: (text) => void err.push(text),
    outPalette: plainPalette,
    errPalette: plainPalette,
    interactive,
    errIsTerminal: false,
    outIsTerminal: false,
    columns: 80,
  }
  const argv = typeof line === 'string' ? words(line) : [...line]
  const world: World = {
    streams,
    prompts: {
      async confirm(question) {
        err.push(`? ${question}\n`)
        const answer = answers.shift()
        if (answer === undefined) throw new Error(`nobody expected the question: ${question}`)
        return answer
      },
      choose: (question) => Promise.reject(new Error(`nobody expected the question: ${question}`)),
      ask: (question) => Promise.reject(new Error(`nobody expected the question: ${question}`)),
    },
    connect: async (options): Promise<Cluster> => {
      const signal = scenario.signal ?? new AbortController().signal
      return {
        client,
        namespace: options.namespace ?? scenario.namespace ?? 'default',
        server: 'https://sandbox',
        carryOut: (plan, rest) => carryOut(client, plan, {...rest, signal}),
        waitFor: (ref, judge, rest) => waitFor(client, ref, judge, {...rest, signal}),
        close: () => {},
      }
    },
    ...scenario.world,
  }
  const host: Host = {
    argv,
    invokedAs: scenario.invokedAs ?? '/usr/local/bin/kubectl-sfl',
    version: VERSION,
    env: scenario.env ?? {},
    stdin: {isTTY: interactive},
    stdout: {write: (text) => out.push(text) > 0},
    stderr: {write: (text) => err.push(text) > 0},
    now: () => scenario.now ?? NOW,
    onSignal: () => () => {},
    onReaderGone: () => {},
    readFile: async (path) => {
      const text = scenario.files?.[path]
      if (text === undefined) throw new Error(`no such file in this scenario: ${path}`)
      return text
    },
    runProgram: () => Promise.reject(new Error('this scenario runs no programs')),
    async loadManifest() {
      const [{createManifest}, {commands}] = await Promise.all([
        import('../../src/cli/manifest.js'),
        import('../../src/commands/index.js'),
      ])
      return createManifest(commands, VERSION)
    },
  }
  const code = await main(host, world)
  return {out: out.join(''), err: err.join(''), code}
}
