import {basename} from 'node:path'
import {beginsWithCommand, peek, route, type FlagShapes} from '../cli/argv.js'
import type {Runtime} from '../cli/runtime.js'
import {commands, nouns} from '../commands/index.js'
import {completionRequest} from '../completion/request.js'
import {ExitCode, SflError} from '../domain/core/errors.js'
import type {Host, RuntimeOverrides} from '../process/host.js'
import {after} from '../process/timer.js'
import type {ColourChoice} from '../terminal/palette.js'
import {createStreams} from '../terminal/streams.js'

/** Runs one command line; answers the exit code and never rejects. */
export const main = async (host: Host, world: RuntimeOverrides = {}): Promise<number> => {
  const {argv, version} = host
  const asked = completionRequest(argv, host.invokedAs)
  if (asked !== undefined) return (await import('./complete.js')).answerCompletion(asked, host, world)
  const program = basename(host.invokedAs).startsWith('kn-') ? 'kn sfl' : 'kubectl sfl'
  const streams = world.streams ?? createStreams(host, colourOf(argv))
  const abort = new AbortController()
  // Every request under way listens; there may be many at a time.
  host.allowManyListeners?.(abort.signal)
  let interrupted: 'SIGINT' | 'SIGTERM' | undefined
  let readerGone = false
  let unwritten: Error | undefined
  const forget = host.onSignal((signal) => {
    interrupted = signal
    abort.abort()
  })
  host.onReaderGone((failure) => {
    readerGone = true
    unwritten ??= failure
    abort.abort()
  })

  let stranded: {failure?: unknown} | undefined
  let forgetStranding = (): void => {}
  const stranding = new Promise<never>((_, reject) => {
    forgetStranding = host.onStranded((failure) => {
      stranded ??= failure === undefined ? {} : {failure}
      abort.abort()
      // What can be stopped tells what it has done.
      after(STOPPING, () => reject(unfinished()))
    })
  })

  let id: string | undefined
  let flagNames: string[] = []
  let warned = false
  const verbose = Number(peek(argv, 'v', 'v') ?? 0) >= 6
  const json = peek(argv, 'output', 'o')?.toLowerCase() === 'json'
  const failed = () => ({
    program,
    version,
    ...(id === undefined ? {} : {command: id.replaceAll(':', ' ')}),
    flags: flagNames,
    verbose,
    json,
    interrupted,
  })
  const reportError = async (error: unknown): Promise<SflError> => {
    const {translate, report} = await import('../cli/errors.js')
    const translated = translate(error, failed())
    report(translated, streams, {json, verbose})
    return translated
  }

  const arrived = async (): Promise<void> => {
    await host.written()
    if (unwritten !== undefined) throw notWritten(unwritten)
  }

  const work = async (): Promise<number> => {
    const ids = Object.keys(commands)
    const found = route(argv, ids, await leadingShapes(argv, ids, host))
    if (found.kind === 'help') {
      const shown = await printHelp(host, streams, found.words, program, ids)
      await arrived()
      return shown
    }
    if (found.kind === 'strange flag') {
      const usage = [program, ...found.words, '--help'].join(' ')
      throw new SflError('UnknownFlag', `unknown flag: ${found.flag.split('=')[0]}`, ExitCode.Usage, {
        hint: `See '${usage}'.`,
      })
    }
    if (found.kind === 'unknown') {
      const {didYouMean} = await import('../cli/help.js')
      throw unknownCommand(found.words, didYouMean(found.words, ids, program), program)
    }
    id = found.id
    const [command, {runInvocation}] = await Promise.all([commands[id]!(), import('./app.js')])
    command.id = id
    flagNames = Object.keys({...command.baseFlags, ...command.flags})
    const code = await runInvocation({
      host,
      world,
      command,
      argv: found.argv,
      streams,
      signal: abort.signal,
      failed,
      onWarning: () => (warned = true),
    })
    if (interrupted !== undefined) return (await reportError(undefined)).exitCode
    await arrived()
    if (warned && argv.includes('--warnings-as-errors'))
      throw new SflError('WarningsAsErrors', 'the server sent a warning', ExitCode.Failed)
    return code
  }

  try {
    const code = await Promise.race([work(), stranding])
    if (stranded !== undefined) throw unfinished()
    return code
  } catch (error) {
    if (stranded !== undefined) return (await reportError(strandedError(stranded, error))).exitCode
    if (unwritten !== undefined) return (await reportError(notWritten(unwritten, error))).exitCode
    // `| head -1` has what it wanted; but a change that was stopped half-way is no success.
    if (readerGone && !(error instanceof SflError && error.reason === 'Interrupted')) return ExitCode.Done
    const {exitCode} = await reportError(error)
    return readerGone ? ExitCode.Failed : exitCode
  } finally {
    forget()
    forgetStranding()
  }
}

/** Milliseconds that a stranded run has to stop what it does. */
const STOPPING = 100

const unfinished = (): SflError =>
  new SflError('Unfinished', 'stopped without a result: what was waited for cannot come any more', ExitCode.Failed, {
    hint: 'Look at what was done before you repeat the command; -v 8 shows what the server answered.',
  })

/** What ended the run comes first; what was done before, and what was not, is told by what it stopped with. */
const strandedError = ({failure}: {failure?: unknown}, error: unknown): unknown => {
  if (failure !== undefined) return failure
  const {message, exitCode, reason, hint = ''} = unfinished()
  const causes = error instanceof SflError ? error.causes : []
  return new SflError(reason, message, exitCode, {causes, hint})
}

/** The result is lost; what was done before is told by the error that ended the run. */
const notWritten = (failure: Error, error?: unknown): SflError => {
  const {causes = [], hint} = error instanceof SflError ? error : {}
  const message = `cannot write to standard output: ${failure.message}`
  return new SflError('OutputFailed', message, ExitCode.Failed, {causes, ...(hint === undefined ? {} : {hint})})
}

const colourOf = (argv: readonly string[]): ColourChoice => {
  const choice = peek(argv, 'color')
  return choice === 'always' || choice === 'never' ? choice : 'auto'
}

/**
 * The flags that may stand in front of the command's words. Nearly always there are none, or global ones only: the
 * index, and even the definitions of the global flags, are read only when they are needed.
 */
const leadingShapes = async (argv: readonly string[], ids: readonly string[], host: Host): Promise<FlagShapes> => {
  const first = argv.find((token) => token.startsWith('-'))
  if (first === undefined || /^(--|-h|--help|--version)$/.test(first) || beginsWithCommand(argv, ids)) return {}
  const {globalFlags} = await import('../cli/flags/global.js')
  const index = await host.loadIndex()
  const all = Object.values(index.commands).map(({flags}) => flags)
  return Object.assign({}, ...all, globalFlags) as FlagShapes
}

const printHelp = async (
  host: Host,
  streams: Runtime['streams'],
  words: readonly string[],
  program: string,
  ids: readonly string[],
): Promise<number> => {
  const {didYouMean, helpText} = await import('../cli/help.js')
  const text = helpText(await host.loadIndex(), nouns, words, program)
  if (text === undefined) throw unknownCommand(words, didYouMean(words, ids, program), program)
  streams.out(text)
  return ExitCode.Done
}

const unknownCommand = (words: readonly string[], suggestion: string | undefined, program: string): SflError =>
  new SflError(
    'UnknownCommand',
    `unknown command "${words.join(' ')}" for "${program}"${suggestion === undefined ? '' : ` - did you mean "${suggestion}"?`}`,
    ExitCode.Usage,
    {
      hint: `See '${[program, ...words.slice(0, 1).filter((word) => word in nouns), '--help'].join(' ')}'.`,
    },
  )
