import type {Kubeconfig} from '../kube/config/entries.js'
import type {CommandLine} from './command-line.js'
import {rowOf} from '../domain/kinds/registry.js'
import {PLATFORM, TRIGGER, WORKFLOW} from '../domain/kinds/names.js'
import {
  BROKERS,
  CORE_SERVICES,
  kindOfCommand,
  kindOfNoun,
  type NamedKind,
  namedKind,
  NAMESPACES,
  SECRETS,
} from './kinds.js'
import type {SpokenArg, SpokenFlag} from './language.js'
import type {Listing} from './names.js'
import {type Answer, type Candidate, Directive, choose, nothing} from './protocol.js'

/** What values may be taken from. */
export interface Sources {
  /** Names in the namespace of the line, in the one given, or (`all`) in all of them. Never rejects. */
  names(kind: NamedKind, where?: {namespace: string} | 'all'): Promise<Listing>
  /** Contexts, clusters and users; undefined where there is no kubeconfig that can be read. */
  kubeconfig(): Promise<Kubeconfig | undefined>
  /** For sentences: that of the flag, the context, or `default`. Undefined where the cluster is not known. */
  namespace(): Promise<string | undefined>
}

export type Offer = (typed: string, line: CommandLine, sources: Sources) => Promise<Answer> | Answer

const inOrder = {directive: Directive.NoFileComp | Directive.KeepOrder}

const words =
  (...offered: readonly string[]): Offer =>
  (typed) =>
    choose(
      typed,
      offered.map((value) => ({value})),
      inOrder,
    )

/** Names of objects, without those that the line names already. */
const named =
  (kind: NamedKind, taken: readonly string[] = []): Offer =>
  async (typed, _line, sources) => {
    const {names, fault} = await sources.names(kind)
    return choose(
      typed,
      names.filter(({value}) => !taken.includes(value)),
      {help: fault === undefined ? await none(names, kind, typed, sources) : [fault]},
    )
  }

/** `NAMESPACE/NAME` of the objects of all namespaces. */
const everywhere =
  (kind: NamedKind): Offer =>
  async (typed, _line, sources) => {
    const {names, fault} = await sources.names(kind, 'all')
    return choose(typed, names, {help: fault === undefined ? [] : [fault]})
  }

/** Several values with commas between them; what stands in front of the last comma is kept. */
const several =
  (offer: Offer): Offer =>
  async (typed, line, sources) => {
    const before = typed.slice(0, typed.lastIndexOf(',') + 1)
    const answer = await offer(typed.slice(before.length), line, sources)
    const taken = before.split(',')
    return {
      ...answer,
      candidates: answer.candidates
        .filter(({value}) => !taken.includes(value))
        .map((one) => ({...one, value: `${before}${one.value}`})),
    }
  }

/** The same value for one service of a platform: `SERVICE=VALUE`. */
const ofService =
  (offer: Offer): Offer =>
  async (typed, line, sources) => {
    const [, before, rest = ''] = /^([^=]*=)(.*)$/.exec(typed) ?? []
    if (before !== undefined) {
      const answer = await offer(rest, line, sources)
      return {...answer, candidates: answer.candidates.map((one) => ({...one, value: `${before}${one.value}`}))}
    }
    const [plain, {serviceForms}] = await Promise.all([offer(typed, line, sources), vocabulary()])
    const forms = (await serviceForms()).filter(({value}) => value.startsWith(typed))
    const {candidates, ...shown} = choose(typed, [...plain.candidates, ...forms], inOrder)
    return {...shown, candidates, help: candidates.length > 0 ? [] : (plain.help ?? [])}
  }

const none = async (
  names: readonly Candidate[],
  kind: NamedKind,
  typed: string,
  sources: Sources,
): Promise<readonly string[]> => {
  if (names.some(({value}) => value.startsWith(typed))) return []
  const namespace = rowOf(kind)?.namespaced === false ? undefined : await sources.namespace()
  const where = namespace === undefined ? '' : ` in namespace "${namespace}"`
  return [names.length === 0 ? `no ${kind.plural}${where}` : `no ${kind.plural} begin with "${typed}"${where}`]
}

const fromKubeconfig =
  (read: (config: Kubeconfig) => readonly Candidate[]): Offer =>
  async (typed, _line, {kubeconfig}) => {
    const config = await kubeconfig()
    if (config === undefined) return nothing('no kubeconfig that can be read')
    return choose(typed, read(config))
  }

const contexts = fromKubeconfig(({contexts: entries, currentContext}) =>
  [...entries].map(([value, {cluster, namespace = 'default'}]) => ({
    value,
    description: `${value === currentContext ? 'current, ' : ''}cluster ${cluster ?? '(none)'}, namespace ${namespace}`,
  })),
)

const files: Offer = () => ({candidates: [], directive: Directive.Default})
const folders: Offer = () => ({candidates: [], directive: Directive.FilterDirs})

const addresses = () => import('./addresses.js')
const vocabulary = () => import('./vocabulary.js')

/** Modules that know more of the domain are loaded when their words are wanted. */
const of =
  <M extends Readonly<Record<K, Offer>>, K extends string>(load: () => Promise<M>, name: K): Offer =>
  async (...asked) =>
    (await load())[name](...asked)

/** What the value of a flag or an argument is, by the word that help shows for it (`--sink SINK`). */
const offers: Readonly<Record<string, Offer>> = {
  NAMESPACE: named(NAMESPACES),
  FILE: files,
  DIR: folders,
  SINK: of(addresses, 'sinks'),
  CHANNEL: of(addresses, 'channelNames'),
  REF: of(addresses, 'configReferences'),
  CLASS: of(vocabulary, 'brokerClasses'),
  TYPE: of(vocabulary, 'types'),
  SERVICE: of(vocabulary, 'serviceWords'),
  CODE: of(vocabulary, 'findingCodes'),
  'CODE[=NS/NAME]': of(vocabulary, 'findingCodes'),
  CHECK: of(vocabulary, 'checkCategories'),
  'KIND/NAME': of(addresses, 'objects'),
  'NAME[.NAMESPACE][:PORT]': named(CORE_SERVICES),
  'RESOURCE=AMOUNT': words('cpu=', 'memory='),
  'SCOPE=CAPABILITY': words('workflows=services', 'workflows='),
  BROKER: named(BROKERS),
  TRIGGER: named(namedKind(TRIGGER)),
  SECRET: named(SECRETS),
  PLATFORM: named(namedKind(PLATFORM)),
  WORKFLOW: named(namedKind(WORKFLOW)),
  'NAMESPACE/PLATFORM': everywhere(namedKind(PLATFORM)),
  '[SERVICE=]STRATEGY': of(vocabulary, 'strategies'),
}

/** Flags `--context NAME` and the like take what the kubeconfig has. */
const entries: Readonly<Record<string, Offer>> = {
  context: contexts,
  cluster: fromKubeconfig(({clusters}) =>
    [...clusters].map(([value, {server}]) =>
      server === undefined || !URL.canParse(server) ? {value} : {value, description: new URL(server).host},
    ),
  ),
  user: fromKubeconfig(({users}) => [...users.keys()].map((value) => ({value}))),
}

/** The objects that the line names already, where a flag wants their names once more (`--confirm`). */
const repeated: Offer = (typed, {args}) =>
  choose(
    typed,
    args.map((value) => ({value})),
  )

/** Users of Kafka and of databases, which no cluster knows. */
const isForeignUser = (flag: string, {path}: CommandLine): boolean => flag === 'user' && path[0] === 'secret'

/** `none|client|server` is a list of words in itself. */
const WORDS = /^[A-Za-z0-9-]+(\|[A-Za-z0-9-]+)+$/

/** A flag `--broker NAME` takes the name of a broker, `--auth-secret NAME` that of a Secret, `--context NAME` a context's. */
const offerNamedAfter = (flag: string): Offer | undefined => {
  const word = /[^-]+$/.exec(flag)?.[0] ?? flag
  const kind = kindOfNoun(flag) ?? kindOfNoun(word)
  return kind === undefined ? entries[word] : named(kind)
}

const offerOf = ({name, options, completes, helpValue}: SpokenFlag): Offer | undefined => {
  if (options !== undefined) return words(...options)
  const shown = typeof helpValue === 'string' ? helpValue : (helpValue?.[0] ?? '')
  if (typeof completes === 'string') {
    const offer = offers[completes]
    return offer !== undefined && shown.startsWith('[SERVICE=]') ? ofService(offer) : offer
  }
  if (completes !== undefined) return words(...completes)
  if (name === 'confirm') return repeated
  if (WORDS.test(shown)) return words(...shown.split('|'))
  if (shown === 'NAME') return offerNamedAfter(name)
  const one = shown.endsWith(',...') ? offers[shown.slice(0, -4)] : undefined
  return one === undefined ? offers[shown] : several(one)
}

/** The values of a flag; for one that can be anything, what it is about. `before` is put in front of every candidate. */
export const flagValues = async (
  flag: SpokenFlag,
  before: string,
  line: CommandLine,
  sources: Sources,
): Promise<Answer> => {
  const offer = isForeignUser(flag.name, line) ? undefined : offerOf(flag)
  const {char, name, helpValue = 'VALUE', summary = ''} = flag
  if (offer === undefined)
    return nothing(`${before === '' || char === undefined ? `--${name}` : `-${char}`} ${String(helpValue)}: ${summary}`)
  const answer = await offer(line.typed, line, sources)
  return before === ''
    ? answer
    : {...answer, candidates: answer.candidates.map((one) => ({...one, value: `${before}${one.value}`}))}
}

/** Commands whose NAME is one that is not taken yet. */
const MAKERS = ['create', 'setup']

/** The arguments of a command: words of its own, or names of its noun's objects. */
export const argumentValues = async (arg: SpokenArg, line: CommandLine, sources: Sources): Promise<Answer> => {
  const {name, options, completes, description = ''} = arg
  const {path, args, typed} = line
  const fixed = options ?? (typeof completes === 'string' ? undefined : completes)
  if (fixed !== undefined) return words(...fixed.filter((word) => !args.includes(word)))(typed, line, sources)
  const [word, singular] = [name.toUpperCase(), name.replace(/s$/, '').toUpperCase()]
  const offer = typeof completes === 'string' ? offers[completes] : (offers[word] ?? offers[singular])
  if (offer !== undefined) {
    const answer = await offer(typed, line, sources)
    return {...answer, candidates: answer.candidates.filter(({value}) => !args.includes(value))}
  }
  const kind = /^names?$/.test(name) ? kindOfCommand(path) : undefined
  if (kind === undefined && path[0] === 'topology') return offers['KIND/NAME']!(typed, line, sources)
  if (kind === undefined) return nothing(description)
  if (MAKERS.includes(path.at(-1) ?? '')) return nothing(`a name that none of the ${kind.plural} has yet`)
  return named(kind, args)(typed, line, sources)
}
