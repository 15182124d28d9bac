import {
  CHANNEL,
  BROKER,
  IN_MEMORY_CHANNEL,
  KAFKA_CHANNEL,
  KAFKA_SINK,
  KNATIVE_SERVICE,
  SERVICE,
} from '../eventing/names.js'
import {type KubeObject} from './object.js'
import {conditionsOf, readinessOf, whyNotReady} from './readiness.js'

/** Something that exists, as an answer to a question: how it is typed, and one line about it. */
export interface Offered {
  value: string
  about?: string
}

/** What can be a sink, under the words of `--sink`. */
export const sinkKinds = {
  ksvc: KNATIVE_SERVICE,
  svc: SERVICE,
  broker: BROKER,
  channel: CHANNEL,
  kafkasink: KAFKA_SINK,
} as const

/** What a subscription can listen to, under the words of `--channel`. */
export const channelKinds = {channel: CHANNEL, imc: IN_MEMORY_CHANNEL, kafka: KAFKA_CHANNEL} as const

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
        const about = word === 'svc' ? 'a Service of Kubernetes: takes every request' : stateOf(object)
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
