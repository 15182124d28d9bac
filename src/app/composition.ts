import type {ClusterOptions, Cluster, Runtime} from '../cli/runtime.js'
import type {Host, RuntimeOverrides} from '../process/host.js'
import {printable} from '../domain/core/printable.js'
import {connect} from '../kube/connect.js'
import {withSignal} from '../kube/with-signal.js'
import {wrapped} from '../output/wrapped.js'
import {startProgress} from '../terminal/progress.js'
import {terminalPrompts} from '../terminal/prompts.js'

type Wiring = Pick<Runtime, 'program' | 'caller' | 'streams' | 'signal' | 'translate' | 'reportError'> & {
  onWarning(): void
}

/** The composition: the only place where ports meet their implementations. `world` replaces any of them in tests. */
export const createRuntime = (host: Host, {onWarning, ...wiring}: Wiring, world: RuntimeOverrides): Runtime => ({
  ...wiring,
  version: host.version,
  env: host.env,
  now: () => host.now(),
  prompts: terminalPrompts(wiring.signal, {
    palette: wiring.streams.errPalette,
    columns: () => wiring.streams.columns,
    wrap: wrapped,
  }),
  startProgress: () => startProgress(wiring.streams),
  connect: (options) => connectCluster(host, wiring, options, onWarning),
  readFile: (path) => host.readFile(path),
  writeFile: (path, text, mode) => host.writeFile(path, text, mode),
  listFolder: (path) => host.listFolder(path),
  readUrl: async (url) =>
    (await import('../kube/http/read-url.js')).readUrl(url, {
      env: host.env,
      version: host.version,
      signal: wiring.signal,
    }),
  outputOf: (command) => host.outputOf(command, host.env),
  runProgram: (command, env) => host.runProgram(command, {...host.env, ...env}),
  async externalDiff(command, before, after) {
    const {withFolders} = await import('../cli/external-diff.js')
    const words = command.split(' ').filter(Boolean)
    return withFolders(before, after, (left, right) => host.runProgram([...words, left, right], host.env))
  },
  ...world,
})

const connectCluster = async (
  host: Host,
  {streams, signal}: Omit<Wiring, 'onWarning'>,
  options: ClusterOptions,
  onWarning: () => void,
): Promise<Cluster> => {
  const connection = await connect({
    ...options,
    env: host.env,
    version: host.version,
    log: (line) => streams.err(`${line}\n`),
    warn(text) {
      onWarning()
      streams.err(`${streams.errPalette.yellow('Warning:')} ${printable(text)}\n`)
    },
  })
  const {namespace, server} = connection
  const client = withSignal(connection.client, signal)
  return {
    client,
    namespace,
    server,
    // Reading commands do without both.
    carryOut: async (plan, rest) =>
      (await import('../kube/execute-plan.js')).executePlan(client, plan, {...rest, signal}),
    waitFor: async (ref, judge, rest) =>
      (await import('../kube/wait.js')).waitFor(client, ref, judge, {...rest, signal}),
    close: () => connection.close(),
  }
}
