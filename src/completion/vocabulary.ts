import {BROKER, BROKER_CLASS, BrokerClass, CUSTOM_RESOURCE} from '../domain/eventing/names.js'
import {textAt} from '../domain/core/read.js'
import {kinds} from '../domain/kinds/registry.js'
import type {CommandLine} from './command-line.js'
import type {NamedKind} from './kinds.js'
import {type Answer, type Candidate, choose, Directive} from './protocol.js'
import type {Offer, Sources} from './values.js'

const KeepOrder = {directive: Directive.NoFileComp | Directive.KeepOrder}

/** Every broker with its class; nothing else of it is read. */
const CLASSES: NamedKind = {
  ...BROKER,
  plural: 'classes of brokers',
  metadataOnly: true,
  describe: ({metadata: {annotations = {}}}) => annotations[BROKER_CLASS] ?? '',
}

const classes: Readonly<Record<string, string>> = {
  [BrokerClass.Kafka]: 'one topic for each broker, one data plane for all',
  [BrokerClass.KafkaNamespaced]: 'Kafka, with a data plane in the namespace of the broker',
  [BrokerClass.MTChannelBased]: 'on channels; events are kept as the channels keep them',
  [BrokerClass.RabbitMQ]: 'on RabbitMQ',
}

/** The classes of Knative's brokers, and what else the brokers of the cluster have; those in use come first. */
export const brokerClasses = async (typed: string, _line: CommandLine, {names}: Sources): Promise<Answer> => {
  const all = await names(CLASSES, 'all')
  const {names: brokers} = all.names.length === 0 && all.fault !== undefined ? await names(CLASSES) : all
  const used = new Map<string, number>()
  for (const {description = ''} of brokers)
    if (description !== '') used.set(description, (used.get(description) ?? 0) + 1)
  const found = [...used].sort(([, a], [, b]) => b - a)
  const usage = (count: number): string => `in use by ${count} ${count === 1 ? 'broker' : 'brokers'}`
  return choose(
    typed,
    [
      ...found.map(([value, count]): Candidate => ({
        value,
        description: [classes[value], usage(count)].filter(Boolean).join('; '),
      })),
      ...Object.entries(classes)
        .filter(([value]) => !used.has(value))
        .map(([value, description]) => ({value, description})),
    ],
    KeepOrder,
  )
}

/** kn's aliases; other types are written GROUP:VERSION:KIND. */
const channelTypes = (typed: string): Answer =>
  choose(
    typed,
    kinds.flatMap(({kind, channel}) =>
      channel === undefined ? [] : [{value: channel.alias, description: `${kind}: ${channel.about}`}],
    ),
    {...KeepOrder, help: ['or another type as GROUP:VERSION:KIND']},
  )

/** `--type`, which is of channels for all nouns but one. */
export const types: Offer = (typed, line, sources) =>
  line.path[0] === 'source' ? sourceTypes(typed, sources) : channelTypes(typed)

/** The kinds of sources that the cluster has, by their definitions. */
const sourceTypes = async (typed: string, {names}: Sources): Promise<Answer> => {
  const {SOURCE_TYPES} = await import('../domain/eventing/source/types.js')
  const kind: NamedKind = {
    ...CUSTOM_RESOURCE,
    plural: 'types of sources',
    describe: (definition) => textAt(definition, 'spec', 'names', 'kind') ?? '',
    labelSelector: SOURCE_TYPES,
  }
  const {names: definitions, fault} = await names(kind)
  return choose(
    typed,
    definitions.map(({value, description = ''}) => ({value: description, description: value})),
    {help: fault === undefined ? [] : [fault]},
  )
}

/** The services of a platform. */
export const serviceWords = async (typed: string): Promise<Answer> => {
  const {serviceKeys, serviceTitle, serviceWord} = await import('../domain/sonataflow/names.js')
  return choose(
    typed,
    serviceKeys.map((key) => ({value: serviceWord[key], description: serviceTitle[key]})),
    KeepOrder,
  )
}

/** `SERVICE=` in front of a value that is for one service alone. */
export const serviceForms = async (): Promise<readonly Candidate[]> => {
  const {serviceKeys, serviceTitle, serviceWord} = await import('../domain/sonataflow/names.js')
  return serviceKeys.map((key) => ({value: `${serviceWord[key]}=`, description: `for ${serviceTitle[key]} alone`}))
}

/** What can be checked by itself. */
export const checkCategories = async (typed: string): Promise<Answer> => {
  const {CATEGORIES} = await import('../domain/check/engine/check.js')
  return choose(
    typed,
    CATEGORIES.map((value) => ({value})),
    KeepOrder,
  )
}

/** Who migrates the databases, of both services or of one. */
export const strategies: Offer = async (typed) => {
  const {migrationStrategies, serviceKeys, serviceWord} = await import('../domain/sonataflow/names.js')
  const each = serviceKeys.flatMap((key) => migrationStrategies.map((strategy) => `${serviceWord[key]}=${strategy}`))
  return choose(
    typed,
    [...migrationStrategies, ...each].map((value) => ({value})),
    KeepOrder,
  )
}

/** The codes of findings, with their meanings. */
export const findingCodes = async (typed: string): Promise<Answer> => {
  const {catalogue} = await import('../domain/findings/catalogue.js')
  const codes = Object.entries(catalogue).map(([value, {title}]) => ({value, description: title}))
  return choose(
    typed,
    codes.sort((a, b) => (a.value < b.value ? -1 : 1)),
  )
}
