import {neverAddressed} from '../../eventing/addressable.js'
import {DEPLOYMENT, STATEFUL_SET} from '../../eventing/names.js'
import {type Kind, type KubeObject} from '../../core/object.js'
import {numberAt, type Fields} from '../../core/read.js'
import {summaryType} from '../../core/readiness.js'
import {indexKey} from './resource-index.js'

const isWorkload = (kind: Kind): boolean => [DEPLOYMENT, STATEFUL_SET].some((one) => indexKey(one) === indexKey(kind))

/**
 * The status that an object will have once it was applied and its controller has looked at it. Of an object that is known
 * from a file alone nothing else can be said: it is not accused of what its controller has had no time to do.
 */
export const expectedStatus = (object: KubeObject): Fields => {
  const {name, namespace = ''} = object.metadata
  const replicas = numberAt(object, 'spec', 'replicas') ?? 1
  return {
    conditions: [{type: summaryType(object), status: 'True'}],
    ...(isWorkload(object) ? {replicas, readyReplicas: replicas} : {}),
    ...(neverAddressed(object) ? {} : {address: {url: `http://${name}.${namespace}.svc.cluster.local`}}),
  }
}
