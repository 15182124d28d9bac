import {normalise, type FlagShapes} from '../cli/argv.js'
import {callerOf} from '../cli/connection.js'
import {report, translate, type FailedRun} from '../cli/errors.js'
import {runCommand} from '../cli/oclif.js'
import type {Streams} from '../terminal/streams.js'
import type {CommandClass} from '../commands/index.js'
import {createRuntime} from './composition.js'
import type {Host, RuntimeOverrides} from '../process/host.js'

export interface Invocation {
  host: Host
  world: RuntimeOverrides
  command: CommandClass
  argv: readonly string[]
  streams: Streams
  signal: AbortSignal
  /** What an error report has to know, at the moment it is made. */
  failed(): FailedRun
  onWarning(): void
}

/**
 * Runs one command; rejects with whatever went wrong. A module of its own, loaded once a command was found: help and
 * completion do without it.
 */
export const runInvocation = ({
  host,
  world,
  command,
  argv,
  streams,
  signal,
  failed,
  onWarning,
}: Invocation): Promise<number> => {
  const {program, verbose = false, json = false} = failed()
  const shapes: FlagShapes = {...command.baseFlags, ...command.flags}
  const normalised = normalise(argv, shapes)
  const runtime = createRuntime(
    host,
    {
      program,
      caller: callerOf(program, normalised, Object.keys({...command.flags})),
      streams,
      signal,
      translate: (error) => translate(error, failed()),
      // Under -o json the one Status at the end names them all.
      reportError: (error) => (json ? undefined : report(error, streams, {json, verbose})),
      onWarning,
    },
    world,
  )
  return runCommand(command, normalised, runtime)
}
