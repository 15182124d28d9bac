import {nounOf} from '../../domain/kinds/registry.js'
import {ExitCode, invalid, SflError} from '../../domain/core/errors.js'
import {parseChannelReference} from '../../domain/eventing/channel/type.js'
import {parseSink} from '../../domain/eventing/reference.js'
import {isForeignToKafka} from '../../domain/kafka/config/kafka-config.js'
import type {Kind, KubeObject} from '../../domain/core/object.js'
import {channelKinds, offeredChannels, offeredObject, offeredSinks, sinkKinds} from '../../domain/core/offered.js'
import {textsAt} from '../../domain/core/read.js'
import {isFound} from '../../domain/core/seen.js'
import {checkName as checkSyntax} from '../../domain/core/syntax.js'
import type {Choice} from '../../terminal/prompts.js'
import type {RequiredInput} from './ask-missing.js'
import {checkName} from '../names.js'
import {existing, existingOfKinds} from './list-choices.js'
import type {Cluster} from '../runtime.js'
import {checkedBy} from '../wizard/question.js'

/** Names of objects that are there already. */
export interface ExistingOptions {
  /** The noun of the command: `kafka config`; left out, that of the kind. */
  noun?: string
  /** The label of one more choice: to type the name of something that does not exist. */
  other?: string
  /** Objects of this kind belong to the cluster. */
  ofCluster?: boolean
  /** Keeps those that the command is about, where that is not the whole kind. */
  among?(objects: readonly KubeObject[], cluster: Cluster): Promise<readonly KubeObject[]>
}

const given = (noun: string, names: readonly string[] | undefined): readonly string[] | undefined => {
  if (names === undefined || names.length === 0) return undefined
  if (names.includes('')) throw invalid(`the ${noun} name is empty`)
  names.forEach(checkName)
  return [...new Set(names)]
}

/** Names of objects that exist, at least one: chosen from the list of them. */
export const existingNames = (
  kind: Kind,
  names: readonly string[] | undefined,
  {noun = nounOf(kind), ofCluster = false, among, other}: ExistingOptions = {},
): RequiredInput<readonly string[]> => ({
  given: given(noun, names),
  what: `the ${noun} name`,
  read: (answer) => [answer],
  words: (answer) => [answer],
  question: {
    text: `Which ${noun}?`,
    ...(other === undefined ? {} : {other}),
    async choices(cluster) {
      const namespace = ofCluster ? undefined : cluster.namespace
      const all = await existing(cluster.client, kind, namespace)
      // What may not be listed may still be named.
      if (all === 'forbidden') return []
      const found = isFound(all) ? ((await among?.(all, cluster)) ?? all) : []
      if (found.length > 0 || other !== undefined) return found.map(offeredObject)
      throw new SflError(
        'NotFound',
        `there is no ${noun}${namespace === undefined ? '' : ` in namespace "${namespace}"`} to choose from`,
        ExitCode.NotFound,
        ofCluster ? {} : {hint: `kubectl sfl ${noun} list -A`},
      )
    },
    check: checkedBy(checkName),
  },
})

/** ConfigMaps hold all sorts of things: only those with settings of Kafka are offered. */
export const kafkaConfigs: ExistingOptions = {
  among: async (objects) => objects.filter((object) => !isForeignToKafka(textsAt(object, 'data'))),
}

/** Names of objects to be made, at least one. */
export const newNames = (noun: string, names: readonly string[] | undefined): RequiredInput<readonly string[]> => ({
  given: given(noun, names),
  what: `the ${noun} name`,
  read: (answer) => [answer],
  words: (answer) => [answer],
  question: {text: `Name of the new ${noun}:`, check: checkedBy((answer) => checkSyntax(answer, `${noun} name`))},
})

/** The one name of an object to be made. */
export const newName = (noun: string, name: string | undefined): RequiredInput<string> => {
  const {question, words, what} = newNames(noun, [])
  return {given: name === '' ? undefined : name, what, question, words, read: (answer) => answer}
}

/** A flag with a value of free text. */
export const textFlag = (
  flag: string,
  value: string | undefined,
  question: RequiredInput<string>['question'],
  optional = false,
): RequiredInput<string> => ({
  given: value,
  what: flag,
  ...(optional ? {optional} : {}),
  read: (answer) => answer,
  // Nothing was said, so nothing is typed.
  words: (answer) => (answer === '' ? [] : [flag, answer]),
  question,
})

/** Where events go: what is in the namespace and can take them, or anything else that is typed. */
export const sinkFlag = (
  flag: string,
  value: string | undefined,
  text = 'Where do the events go?',
  {optional = false, none}: {optional?: boolean; none?: string} = {},
): RequiredInput<string> =>
  textFlag(
    flag,
    value,
    {
      text,
      other: 'something else, such as a URL',
      check: checkedBy((answer) => (answer === '' && none !== undefined ? undefined : parseSink(answer, 'default'))),
      choices: async ({client, namespace}) =>
        withNone(offeredSinks(await existingOfKinds(client, sinkKinds, namespace)), none),
    },
    optional,
  )

const withNone = (choices: readonly Choice[], none: string | undefined): readonly Choice[] =>
  none === undefined ? choices : [{value: '', label: none}, ...choices]

/** Where the events of a subscription come from. */
export const channelFlag = (value: string | undefined): RequiredInput<string> =>
  textFlag('--channel', value, {
    text: 'Which channel do the events come from?',
    other: 'another one',
    check: checkedBy(parseChannelReference),
    choices: async ({client, namespace}) => offeredChannels(await existingOfKinds(client, channelKinds, namespace)),
  })

/** Words of a fixed set, at least one; checked by the command. */
export const someWords = (
  what: string,
  known: readonly string[],
  words: readonly string[] | undefined,
): RequiredInput<readonly string[]> => ({
  given: words === undefined || words.length === 0 ? undefined : words,
  what: `${what}: ${known.join(', ')}`,
  read: (answer) => [answer],
  words: (answer) => [answer],
  question: {text: `Which one? (${what})`, choices: async () => known.map((value) => ({value}))},
})
