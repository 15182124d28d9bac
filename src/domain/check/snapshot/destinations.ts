import {type KubeObject, type Kind} from '../../core/object.js'
import {at, textAt} from '../../core/read.js'

/** An object that another one sends events to. */
export interface Target extends Kind {
  namespace: string
  name: string
}

/** Where events can go to, by the path in the object that names it. */
const paths: Readonly<Record<string, ReadonlyArray<readonly string[]>>> = {
  Broker: [['spec', 'delivery', 'deadLetterSink']],
  Channel: [['spec', 'delivery', 'deadLetterSink']],
  Trigger: [
    ['spec', 'subscriber'],
    ['spec', 'delivery', 'deadLetterSink'],
  ],
  Subscription: [
    ['spec', 'subscriber'],
    ['spec', 'reply'],
    ['spec', 'delivery', 'deadLetterSink'],
  ],
}

/** Everything else that sends events is a source. */
const ofSource: ReadonlyArray<readonly string[]> = [['spec', 'sink']]

export const pathsOf = ({kind}: Kind): ReadonlyArray<readonly string[]> => paths[kind] ?? ofSource

/** The object that a destination of the API names; nothing for a URI. */
export const targetOf = (destination: unknown, namespace: string): Target | undefined => {
  const [apiVersion, kind, name] = ['apiVersion', 'kind', 'name'].map((field) => textAt(destination, 'ref', field))
  if (!apiVersion || !kind || !name) return undefined
  return {apiVersion, kind, name, namespace: textAt(destination, 'ref', 'namespace') || namespace}
}

/** Every object that this one sends events to; a subscription's channel is where they come from. */
export const destinationsOf = (object: KubeObject): Target[] =>
  pathsOf(object).flatMap((path) => targetOf(at(object, ...path), object.metadata.namespace ?? '') ?? [])
