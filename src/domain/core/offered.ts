import {type KindRow} from '../kinds/kind.js'
import {kinds, rowOf} from '../kinds/registry.js'
import {CHANNEL} from '../kinds/names.js'
import {type Kind, type KubeObject} from './object.js'
import {conditionsOf, readinessOf, whyNotReady} from './readiness.js'

/** Something that exists, as an answer to a question: how it is typed, and one line about it. */
export interface Offered {
  value: string
  about?: string
}

/** A kind, and the word before the names of its objects. */
export interface WordedKind extends Kind {
  word: string
}

const worded = (wordOf: (row: KindRow) => string | undefined): readonly WordedKind[] =>
  kinds.flatMap((row) => {
    const word = wordOf(row)
    return word === undefined ? [] : [{apiVersion: row.apiVersion, kind: row.kind, word}]
  })

/** What is usually a sink, under the words of `--sink`. */
export const sinkKinds = worded(({sink}) => (sink?.about === undefined ? undefined : sink.words[0]))

/** What a subscription can listen to, under the words of `--channel`. */
export const channelKinds: readonly WordedKind[] = [
  {...CHANNEL, word: 'channel'},
  ...worded(({channel}) => channel?.alias),
]

/** What others made as a part of theirs is not for people: the Service behind a Knative Service, the InMemoryChannel behind a Channel. */
const isOwned = ({metadata}: KubeObject): boolean => (metadata.ownerReferences ?? []).length > 0

const stateOf = (object: KubeObject): string | undefined => {
  // Many kinds have no conditions at all; of those nothing is said.
  if (conditionsOf(object).length === 0) return undefined
  const state = readinessOf(object)
  return state.state === 'ready' ? 'ready' : ['not ready', whyNotReady(state)].filter(Boolean).join(': ')
}

/** One object of a list that was asked for by its kind. */
export const offeredObject = (object: KubeObject): Offered => {
  const about = stateOf(object)
  return {value: object.metadata.name, ...(about === undefined ? {} : {about})}
}

type Found = ReadonlyArray<{word: string; objects: readonly KubeObject[]}>

/** `ksvc:shop`, with its state and address. */
export const offeredSinks = (found: Found): Offered[] =>
  found.flatMap(({word, objects}) =>
    objects
      .filter((object) => !isOwned(object))
      .map((object) => {
        const about =
          rowOf(object)?.address === 'dns' ? 'a Service of Kubernetes: takes every request' : stateOf(object)
        return {value: `${word}:${object.metadata.name}`, ...(about === undefined ? {} : {about})}
      }),
  )

/** `pipe`, `imc:pipe`. */
export const offeredChannels = (found: Found): Offered[] =>
  found.flatMap(({word, objects}) =>
    objects
      .filter((object) => !isOwned(object))
      .map((object) => {
        const {value, about} = offeredObject(object)
        return {value: word === 'channel' ? value : `${word}:${value}`, ...(about === undefined ? {} : {about})}
      }),
  )
