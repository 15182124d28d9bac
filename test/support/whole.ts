import {main} from '../../src/app/main.js'
import {VERSION} from '../../src/entry/version.js'
import type {Host} from '../../src/process/host.js'
import {processHost} from '../../src/process/process-host.js'
import {nodeStdio} from '../../src/process/node-stdio.js'
import {readIndex, type Ran} from './run.js'

export interface WholeOptions {
  env?: Readonly<Record<string, string | undefined>>
  /** Where stdout and stderr are terminals. */
  terminal?: boolean
  /** Comes through as Ctrl-C once it resolves. */
  interruption?: Promise<unknown>
}

/**
 * Runs one command line in this process with nothing replaced but the outlets: its own streams, kubeconfig files, sockets.
 * What is written is what a terminal would get.
 */
export const runWhole = async (
  argv: readonly string[],
  {env = {}, terminal = false, interruption}: WholeOptions = {},
): Promise<Ran> => {
  const text = {out: '', err: ''}
  const outlet = (into: 'out' | 'err') => ({
    isTTY: terminal,
    write(part: string) {
      text[into] += part
      return true
    },
  })
  const host: Host = {
    ...processHost('/usr/local/bin/kubectl-sfl', VERSION, nodeStdio, async () => undefined),
    argv,
    env,
    stdin: {isTTY: false},
    stdout: outlet('out'),
    stderr: outlet('err'),
    written: async () => {},
    loadIndex: () => readIndex(),
    // Signals and the end of the process are the test's own.
    onSignal(handler) {
      void interruption?.then(() => handler('SIGINT'))
      return () => {}
    },
    onStranded: () => () => {},
    onReaderGone: () => {},
  }
  const code = await main(host)
  return {...text, code}
}
