import {bunStdio} from '../process/bun-stdio.js'
import {completionRequest} from '../completion/request.js'
import {at} from '../domain/core/read.js'
import {main} from '../app/main.js'
import {processHost} from '../process/process-host.js'
import {VERSION} from './version.js'
import {after} from '../process/timer.js'

/** Milliseconds; what runs longer than this is worth compiling. */
const STARTED = 250

/** Entry of the standalone executables, which run on Bun; they go by the name they are called by. */
const start = async (): Promise<void> => {
  // The executable starts with compilers that hold back (scripts/package/executable.ts).
  const setFreer = (): void => {
    const setPolicy = at(Reflect.get(globalThis, 'Bun'), 'unsafe', 'setJITPolicy')
    if (typeof setPolicy === 'function') Reflect.apply(setPolicy, undefined, [1])
  }
  after(STARTED, setFreer, {background: true})
  const outlets = process.platform === 'win32' ? (await import('../process/node-stdio.js')).nodeStdio : bunStdio
  // As in start.ts.
  process.exitCode = 1
  process.exitCode = await main(processHost(process.argv0, VERSION, outlets, readIndex))
  // As in start.ts.
  if (completionRequest(process.argv.slice(2), process.argv0) !== undefined) process.exit()
}

const readIndex = async (): Promise<unknown> =>
  (await import('../../oclif.manifest.json', {with: {type: 'json'}})).default

void start()
