import {sourcesOf, readFiles, type Env} from '../kube/config/files.js'
import type {Cache} from './cache.js'
import {readCommandLine, type CommandLine} from './command-line.js'
import {connectionFlags, identityOf, type ConnectionFlags} from './connection.js'
import type {Language, SpokenFlag} from './language.js'
import {faultOf, namesOf, type ClusterOfNames, type LookUp} from './names.js'
import {type Answer, type Candidate, choose, Directive, nothing} from './protocol.js'
import {argumentValues, flagValues, type Sources} from './values.js'

/** What completion is given of the world. */
export interface Surroundings {
  language: Language
  env: Env
  /** Opens the cluster that the flags name, without a request. */
  open(flags: ConnectionFlags): Promise<OpenCluster>
  cache: Cache
  /** Milliseconds that looking up names may take in all. */
  limitMs: number
}

export interface OpenCluster extends Pick<ClusterOfNames, 'client' | 'namespace'> {
  server: string
  contextName?: string
  user?: string
}

/** What may be typed instead of the last of these words. Never rejects for what a cluster or a file does. */
export const complete = async (words: readonly string[], surroundings: Surroundings): Promise<Answer> => {
  const {language} = surroundings
  const line = readCommandLine(words, language)
  const {wanted, typed, command} = line
  if (line.lost) return nothing()
  switch (wanted.kind) {
    case 'foreign':
      return {candidates: [], directive: Directive.Default}
    case 'flag':
      return flagNames(line, language)
    case 'value':
      return flagValues(wanted.flag, wanted.before, line, sourcesFor(line, surroundings))
    case 'word':
      return nextWords(line, language)
    case 'argument': {
      const visible = Object.values(wanted.command.args).filter(({hidden}) => hidden !== true)
      const last = visible.at(-1)
      const arg = visible[line.args.length] ?? (last?.multiple === true ? last : undefined)
      if (line.asksHelp || (arg === undefined && command !== undefined && typed !== '')) return nothing()
      return arg === undefined
        ? nothing('nothing more is needed here; flags begin with -')
        : argumentValues(arg, line, sourcesFor(line, surroundings))
    }
  }
}

/** Nouns and commands that go on from the words so far; other spellings only where nothing else fits. */
const nextWords = async ({path, asksHelp, typed}: CommandLine, language: Language): Promise<Answer> => {
  const before = path.map((word) => `${word}:`).join('')
  const visible = Object.values(language.commands).filter(({id, hidden}) => hidden !== true && id.startsWith(before))
  const found = new Map<string, Candidate>()
  for (const {id, summary = ''} of visible) {
    const [value = '', ...more] = id.slice(before.length).split(':')
    const description = more.length === 0 ? summary : (language.nouns[`${before}${value}`] ?? '')
    if (!found.has(value) || more.length > 0) found.set(value, {value, description})
  }
  const topics = asksHelp && path.length === 0 ? Object.entries(await language.topics()) : []
  const words = [
    ...[...found.values()].sort((a, b) => (a.value < b.value ? -1 : 1)),
    ...topics.map(([value, {title}]) => ({value, description: title})),
    ...(path.length === 0 && !asksHelp ? [{value: 'help', description: 'Help about a command or a topic.'}] : []),
  ]
  const fitting = choose(typed, words, {directive: Directive.NoFileComp | Directive.KeepOrder})
  if (fitting.candidates.length > 0 || typed === '') return fitting
  const others = [...language.aliases]
    .filter(([, word]) => found.has(word))
    .map(([value, word]) => ({value, description: `the same as ${word}`}))
  return choose(typed, others)
}

/** Flags of the command, its own before those that all commands have; one that was given only where it may be repeated. */
const flagNames = ({command, flags, typed}: CommandLine, {commands}: Language): Answer => {
  const everywhere = commands['options']?.flags ?? {}
  const own = Object.values(command?.flags ?? everywhere).filter(
    ({name, hidden, multiple}) => hidden !== true && (multiple === true || !flags.has(name)),
  )
  const sorted = own.sort((a, b) => Number(a.name in everywhere) - Number(b.name in everywhere))
  const help = {value: '--help', description: 'Show how the command is used.'}
  return choose(typed, [...sorted.flatMap((flag) => spellings(flag, typed)), help], {
    directive: Directive.NoFileComp | Directive.KeepOrder,
  })
}

const spellings = ({name, char, summary = '', allowNo}: SpokenFlag, typed: string): Candidate[] => [
  {value: `--${name}`, description: summary},
  // Letters and what turns a switch off double the list: they are for those who are on their way there.
  ...(char !== undefined && !typed.startsWith('--') ? [{value: `-${char}`, description: summary}] : []),
  ...(allowNo === true ? [{value: `--no-${name}`, description: `Not: ${summary}`}] : []),
]

/** The kubeconfig and the cluster that the line names, each opened when it is first needed. */
const sourcesFor = (line: CommandLine, {env, open, cache, limitMs}: Surroundings): Sources => {
  const flags = connectionFlags(line.flags)
  const files = sourcesOf(flags.kubeconfig, env)
  const seconds = limitMs / 1000
  let opened: Promise<LookUp> | undefined
  const lookUp = async (): Promise<LookUp> => {
    const signal = AbortSignal.timeout(limitMs)
    const {client, namespace, ...who} = await open(flags)
    const identity = identityOf(flags, files.files.join(':'), who)
    return {cluster: {client, namespace, identity}, cache, signal, seconds}
  }
  const cluster = (): Promise<LookUp> => (opened ??= lookUp())
  return {
    async names(kind, where) {
      let namespace = flags.namespace
      try {
        const found = await cluster()
        namespace = where === 'all' ? undefined : (where?.namespace ?? found.cluster.namespace)
        return await namesOf(kind, namespace, found)
      } catch (error) {
        return {names: [], fault: faultOf(error, kind, namespace, false, seconds)}
      }
    },
    kubeconfig: () => readFiles(files).catch(() => undefined),
    namespace: () =>
      cluster().then(
        (found) => found.cluster.namespace,
        () => undefined,
      ),
  }
}
