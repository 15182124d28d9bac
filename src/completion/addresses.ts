import {configPrefixes} from '../domain/eventing/broker/config.js'
import {channelAliases, parseChannelReference} from '../domain/eventing/channel/type.js'
import {parseSink, sinkPrefixes} from '../domain/eventing/reference.js'
import {CHANNEL} from '../domain/kinds/names.js'
import {kinds} from '../domain/kinds/registry.js'
import {CONFIG_MAPS, kindOfNoun, type NamedKind, namedKind, NAMESPACES} from './kinds.js'
import type {CommandLine} from './command-line.js'
import {type Answer, type Candidate, choose, Directive, nothing} from './protocol.js'
import type {Sources} from './values.js'

const KeepOrder = {directive: Directive.NoFileComp | Directive.KeepOrder}

const described: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    kinds.flatMap(({sink}) => (sink?.about === undefined ? [] : [[`${sink.words[0]}:`, sink.about]])),
  ),
  'http://': 'a URL',
  'https://': 'a URL',
}

/** `PREFIX:NAME`, `PREFIX:NAME:NAMESPACE`, a URL: kn's grammar of `--sink`. */
export const sinks = async (typed: string, _line: CommandLine, sources: Sources): Promise<Answer> => {
  const [prefix = '', name, namespace] = typed.split(':')
  if (name === undefined) {
    const usual = Object.entries(described).map(([value, description]) => ({value, description}))
    const others = sinkPrefixes.map((one) => ({value: `${one}:`})).filter(({value}) => !(value in described))
    const first = choose(typed, usual, KeepOrder)
    // The rarer ones only where they were begun.
    return first.candidates.length > 0 ? first : choose(typed, others, KeepOrder)
  }
  if (/^https?$/.test(prefix)) return nothing('a URL that takes events, such as http://receiver.demo.svc/')
  const kind = sinkKind(prefix)
  if (kind === undefined) return nothing()
  return namespace === undefined
    ? below(`${prefix}:`, kind, typed, sources)
    : below(`${prefix}:${name}:`, NAMESPACES, typed, sources)
}

const sinkKind = (prefix: string): NamedKind | undefined => {
  if (!sinkPrefixes.includes(prefix)) return undefined
  const sink = parseSink(`${prefix}:x`, 'x')
  const {apiVersion = '', kind} = 'ref' in sink ? sink.ref : {}
  return kind === undefined ? undefined : namedKind({apiVersion, kind})
}

/** Names behind what was typed already. */
const below = async (before: string, kind: NamedKind, typed: string, sources: Sources): Promise<Answer> => {
  const {names, fault} = await sources.names(kind)
  const candidates = names.map(({value, ...rest}) => ({value: `${before}${value}`, ...rest}))
  const empty = names.length === 0 ? [`no ${kind.plural} to choose from`] : []
  return choose(typed, candidates, {help: fault === undefined ? empty : [fault]})
}

/** `--channel`: the name of a Channel, or one of another type under its alias. */
export const channelNames = async (typed: string, _line: CommandLine, sources: Sources): Promise<Answer> => {
  const [prefix = '', name] = typed.split(':')
  const channels = namedKind(CHANNEL)
  if (name !== undefined) {
    const kind = attempt(() => parseChannelReference(`${prefix}:x`))
    return kind === undefined ? nothing() : below(`${prefix}:`, namedKind(kind), typed, sources)
  }
  const {names, fault} = await sources.names(channels)
  const aliases = [...channelAliases].map(([alias, {kind}]): Candidate => ({
    value: `${alias}:`,
    description: `${/^[AEIOU]/.test(kind) ? 'an' : 'a'} ${kind}`,
  }))
  return choose(typed, [...names, ...aliases], {...KeepOrder, help: fault === undefined ? [] : [fault]})
}

/** What `topology` can be drawn around, under the nouns of this program. */
const drawn = kinds.flatMap(({noun, role, several}) =>
  noun === undefined || role === undefined ? [] : [{noun, several}],
)

/** `KIND/NAME` of an object that events come to or go from. */
export const objects = async (typed: string, _line: CommandLine, sources: Sources): Promise<Answer> => {
  const [word = '', name] = typed.split('/')
  const kind = drawn.some(({noun}) => noun === word) ? kindOfNoun(word) : undefined
  if (name !== undefined) return kind === undefined ? nothing() : below(`${word}/`, kind, typed, sources)
  return choose(
    typed,
    drawn.map(({noun, several}) => ({value: `${noun}/`, description: several})),
    KeepOrder,
  )
}

/** What `spec.config` of a broker names: `NAME`, `KIND:NAME`, `KIND:NAME:NAMESPACE` (kn's `--broker-config`). */
export const configReferences = async (typed: string, _line: CommandLine, sources: Sources): Promise<Answer> => {
  const [prefix = '', name, namespace] = typed.split(':')
  const row = configPrefixes.find(({word}) => word === prefix)?.row
  const kind = row === undefined ? undefined : namedKind(row)
  if (name !== undefined && kind === undefined) return nothing()
  if (namespace !== undefined) return below(`${prefix}:${name}:`, NAMESPACES, typed, sources)
  if (name !== undefined && kind !== undefined) return below(`${prefix}:`, kind, typed, sources)
  const {names, fault} = await sources.names(CONFIG_MAPS)
  const prefixes = configPrefixes.map(({word, row: {several}}) => ({value: `${word}:`, description: several}))
  return choose(typed, [...names, ...prefixes], {...KeepOrder, help: fault === undefined ? [] : [fault]})
}

const attempt = <T>(read: () => T): T | undefined => {
  try {
    return read()
  } catch {
    return undefined
  }
}
