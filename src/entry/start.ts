import {readFileSync} from 'node:fs'
import * as module from 'node:module'
import {join} from 'node:path'
import {completionRequest} from '../completion/request.js'
import {VERSION} from './version.js'
import {main} from '../app/main.js'
import {nodeStdio} from '../process/node-stdio.js'
import {processHost} from '../process/process-host.js'

/**
 * Runs the command line of this process and leaves with its exit code.
 *
 * @param root folder of the package, where oclif.manifest.json is
 */
export const start = async (root: string, invokedAs = process.argv[1] ?? 'kubectl-sfl'): Promise<void> => {
  // Node 22 and newer keep the compiled code between runs.
  if ('enableCompileCache' in module && typeof module.enableCompileCache === 'function') module.enableCompileCache()
  const readIndex = async (): Promise<unknown> => JSON.parse(readFileSync(join(root, 'oclif.manifest.json'), 'utf8'))
  // Whatever ends the process before the work is done, it was not done.
  process.exitCode = 1
  process.exitCode = await main(processHost(invokedAs, VERSION, nodeStdio, readIndex))
  // The line at the prompt does not wait for a log-in program or a name server that nobody waits for any more.
  if (completionRequest(process.argv.slice(2), invokedAs) !== undefined) process.exit()
}
