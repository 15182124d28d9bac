import {appendFileSync} from 'node:fs'
import {ALIASES} from '../cli/argv.js'
import {nouns} from '../commands/index.js'
import {cacheFolder, fileCache} from '../completion/cache.js'
import {complete, type OpenCluster, type Surroundings} from '../completion/complete.js'
import type {ConnectionFlags} from '../completion/connection.js'
import {formatAnswer, nothing, wantsActiveHelp, type Answer} from '../completion/protocol.js'
import type {CompletionRequest} from '../completion/request.js'
import type {Host, RuntimeOverrides} from '../process/host.js'
import {after, type Timer} from '../process/timer.js'

/** Milliseconds that may be spent on a cluster: longer, and a shell seems to hang. */
const LIMIT = 1500

/**
 * Answers a shell that asks what may be typed. Whatever happens, stdout holds candidates or nothing, stderr stays empty,
 * since it would land in the line that is being typed, and the exit code is 0, since another one makes kubectl throw the
 * answer away and offer files.
 */
export const answerCompletion = async (
  {words, descriptions}: CompletionRequest,
  host: Host,
  world: RuntimeOverrides,
): Promise<number> => {
  const {env} = host
  let answer: Answer
  const began = performance.now()
  try {
    answer = await inTime(complete(words, await surroundings(host, world)))
  } catch (error) {
    answer = nothing()
    debug(env, `failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`)
  }
  const text = formatAnswer(answer, {descriptions, activeHelp: wantsActiveHelp(env)})
  host.stdout.write(text)
  debug(env, `answered in ${(performance.now() - began).toFixed(0)} ms:\n${text}`)
  await host.written()
  return 0
}

/** What no signal reaches, a name server that is silent or a log-in program that does not end, is not waited for. */
const inTime = async (answering: Promise<Answer>): Promise<Answer> => {
  let timer: Timer | undefined
  const late = new Promise<Answer>((resolve) => {
    // The look-up itself, which knows more to say, ends first.
    timer = after(LIMIT + 200, () => resolve(nothing(`the cluster did not answer within ${LIMIT / 1000} s`)))
  })
  try {
    return await Promise.race([answering, late])
  } finally {
    timer?.cancel()
  }
}

const surroundings = async (host: Host, world: RuntimeOverrides): Promise<Surroundings> => {
  const {env, version} = host
  const commands = (await host.loadIndex()).commands
  const open = async (flags: ConnectionFlags): Promise<OpenCluster> => {
    if (world.connect !== undefined) return world.connect(flags)
    // Words and flags need no cluster, and nothing of what talks to one.
    const {connect} = await import('../kube/connect.js')
    return connect({
      ...flags,
      env,
      version,
      warn: () => {},
      log: () => {},
      quiet: true,
      stdinIsTerminal: false,
      connectTimeoutMs: LIMIT,
    })
  }
  return {
    language: {commands, nouns, aliases: ALIASES, topics: async () => (await import('../cli/topics.js')).TOPICS},
    env,
    open,
    cache: fileCache(cacheFolder(env), () => host.now().getTime()),
    limitMs: LIMIT,
  }
}

/** Where users of cobra's programs look when completion does not do what they expect. */
const debug = (env: Host['env'], text: string): void => {
  const file = env['BASH_COMP_DEBUG_FILE']
  if (file === undefined || file === '') return
  try {
    appendFileSync(file, `[kubectl-sfl] ${text}\n`)
  } catch {
    // It is for debugging only.
  }
}
