import {invalid} from '../../core/errors.js'
import {type Kind} from '../../core/object.js'
import {didYouMean} from '../../core/suggest.js'
import {CHANNEL, KAFKA_CHANNEL} from '../../kinds/names.js'
import {kinds} from '../../kinds/registry.js'
import {checkName} from '../../core/syntax.js'

const channelRows = kinds.filter(({channel}) => channel !== undefined)
const plain = ({apiVersion, kind}: Kind): Kind => ({apiVersion, kind})

/** kn's aliases: `imc`, and `kafka`, which kn has only after configuration. */
export const channelAliases: ReadonlyMap<string, Kind> = new Map(
  channelRows.map((row) => [row.channel?.alias ?? '', plain(row)]),
)

/** Types under kn's aliases, and under the names that lists print. */
const types: ReadonlyMap<string, Kind> = new Map([
  ...channelAliases,
  ...channelRows.flatMap((row) => [row.singular, ...row.shortNames].map((word) => [word, plain(row)] as const)),
])
const references: ReadonlyMap<string, Kind> = new Map([['channel', CHANNEL], ...types])

const shown = [...channelAliases.keys()]

const group = /^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/
const version = /^v\d+((alpha|beta)\d+)?$/
const kind = /^[A-Z][A-Za-z0-9]*$/

const kindOf = (parts: readonly string[]): Kind | undefined => {
  const [ofGroup = '', ofVersion = '', ofKind = ''] = parts
  return group.test(ofGroup) && version.test(ofVersion) && kind.test(ofKind)
    ? {apiVersion: `${ofGroup}/${ofVersion}`, kind: ofKind}
    : undefined
}

const suggest = (alias: string, known: ReadonlyMap<string, Kind>): string => {
  const near = didYouMean(alias, [...known.keys()])
  return near === undefined ? '' : `, ${near}`
}

/**
 * `--type` of a channel in kn's grammar (knative/client pkg/commands/flags/channel_types.go): an alias, or
 * GROUP:VERSION:KIND. Throws InvalidArgument in kn's words.
 */
export const parseChannelType = (text: string): Kind => {
  const parts = text.split(':')
  const hint = `aliases: ${shown.join(', ')}; other types as Group:Version:Kind`
  if (parts.length === 1 && text !== '') {
    const found = types.get(text.toLowerCase())
    if (found !== undefined) return found
    throw invalid(`unknown channel type alias: '${text}'${suggest(text, types)}`, hint)
  }
  const found = parts.length === 3 ? kindOf(parts) : undefined
  if (found !== undefined) return found
  throw invalid(`incorrect value '${text}' for '--type', must be in the format 'Group:Version:Kind' or an alias`, hint)
}

/** The object that a subscription gets its events from; it is in the subscription's namespace. */
export interface ChannelReference extends Kind {
  name: string
}

/**
 * `--channel` of a subscription in kn's grammar (knative/client pkg/commands/flags/channel_types.go): NAME of a Channel,
 * ALIAS:NAME, GROUP:VERSION:KIND:NAME; and KIND:NAME as lists print it. Throws InvalidArgument in kn's words.
 */
export const parseChannelReference = (text: string): ChannelReference => {
  const parts = text.split(':')
  const name = parts.at(-1) ?? ''
  const hint = `a Channel by its NAME, or ALIAS:NAME (${shown.join(', ')}), or Group:Version:Kind:Name`
  const named = (found: Kind): ChannelReference => ({...found, name: checkName(name, `name in --channel "${text}"`)})
  if (parts.length === 1) return named(CHANNEL)
  if (parts.length === 2 && parts[0] !== '') {
    const [alias = ''] = parts
    const found = references.get(alias.toLowerCase())
    if (found !== undefined) return named(found)
    throw invalid(
      `unknown alias '${alias}' for '--channel', please specify in the format '--channel Group:Version:Kind:Name'${suggest(alias, references)}`,
      hint,
    )
  }
  const found = parts.length === 4 ? kindOf(parts) : undefined
  if (found !== undefined) return named(found)
  throw invalid(
    `incorrect value '${text}' for '--channel', must be in the format 'Group:Version:Kind:Name' or 'ALIAS:NAME'`,
    hint,
  )
}

/** `--type` that means this kind. */
export const printChannelType = ({apiVersion, kind: ofKind}: Kind): string => {
  const alias = shown.find((one) => {
    const type = types.get(one)
    return type?.apiVersion === apiVersion && type.kind === ofKind
  })
  return alias ?? `${apiVersion.replace('/', ':')}:${ofKind}`
}

/** `--channel` that means this object. */
export const printChannelFlag = (reference: ChannelReference): string =>
  reference.kind === CHANNEL.kind && reference.apiVersion === CHANNEL.apiVersion
    ? reference.name
    : `${printChannelType(reference)}:${reference.name}`

export const isKafkaChannel = (type: Kind | undefined): boolean =>
  type?.kind === KAFKA_CHANNEL.kind && type.apiVersion.startsWith('messaging.knative.dev/')
