import type {KubeObject, Ref} from '../../src/domain/object.js'

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
