import type {KubeObject, Ref} from '../../src/domain/core/object.js'
import {textsAt} from '../../src/domain/core/read.js'

export const BROKER = {apiVersion: 'eventing.knative.dev/v1', kind: 'Broker'}

export const brokerRef = (name = 'orders', namespace = 'demo'): Ref => ({...BROKER, name, namespace})

/** A Broker as a server would send it; uid and version follow from the name unless given. */
export const brokerObject = (name = 'orders', version = '1', uid = `uid-${name}`): KubeObject => ({
  ...BROKER,
  metadata: {name, namespace: 'demo', uid, resourceVersion: version},
  spec: {},
})

/** A list's answer. */
export const brokerList = (items: readonly object[], resourceVersion = '10', continueToken = ''): object => ({
  apiVersion: BROKER.apiVersion,
  kind: 'BrokerList',
  metadata: {resourceVersion, ...(continueToken === '' ? {} : {continue: continueToken})},
  items,
})

/** The values of a Secret, by key. */
export const decoded = (secret: KubeObject): Record<string, string> =>
  Object.fromEntries(
    Object.entries(textsAt(secret, 'data')).map(([key, value]) => [key, Buffer.from(value, 'base64').toString()]),
  )
