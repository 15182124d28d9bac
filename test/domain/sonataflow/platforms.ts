import {type KubeObject} from '../../../src/domain/core/object.js'
import {readPlatform, type Platform} from '../../../src/domain/sonataflow/model.js'
import {
  readClusterPlatform,
  readWorkflow,
  type ClusterPlatform,
  type Workflow,
} from '../../../src/domain/sonataflow/workflow/model.js'

/** Objects of SonataFlow as a server would give them; every test says what is special. */

export const UID = 'fbf285df-c0a4-4545-b77a-c232ec2890e2'

interface Changes {
  name?: string
  namespace?: string
  annotations?: Record<string, string>
  metadata?: object
  status?: object
}

const readyStatus = {conditions: [{type: 'Succeed', status: 'True', reason: ''}]}

export const platformObject = (spec: object, changes: Changes = {}): KubeObject => ({
  apiVersion: 'sonataflow.org/v1alpha08',
  kind: 'SonataFlowPlatform',
  metadata: {
    name: changes.name ?? 'p',
    namespace: changes.namespace ?? 'shop',
    uid: UID,
    ...(changes.annotations === undefined ? {} : {annotations: changes.annotations}),
    ...changes.metadata,
  },
  spec,
  status: changes.status ?? readyStatus,
})

export const aPlatform = (spec: object = {}, changes: Changes = {}): Platform =>
  readPlatform(platformObject(spec, changes))

export const aClusterPlatform = (spec: object = {}, changes: Changes = {}): ClusterPlatform =>
  readClusterPlatform({
    apiVersion: 'sonataflow.org/v1alpha08',
    kind: 'SonataFlowClusterPlatform',
    metadata: {
      name: changes.name ?? 'c',
      ...(changes.annotations === undefined ? {} : {annotations: changes.annotations}),
      ...changes.metadata,
    },
    spec: {platformRef: {name: 'main', namespace: 'services'}, ...spec},
    status: changes.status ?? readyStatus,
  })

export const aWorkflow = (spec: object = {}, changes: Changes = {}): Workflow =>
  readWorkflow({
    apiVersion: 'sonataflow.org/v1alpha08',
    kind: 'SonataFlow',
    metadata: {
      name: changes.name ?? 'greet',
      namespace: changes.namespace ?? 'shop',
      uid: UID,
      ...(changes.annotations === undefined ? {} : {annotations: changes.annotations}),
      ...changes.metadata,
    },
    spec: {flow: {states: []}, ...spec},
    ...(changes.status === undefined ? {} : {status: changes.status}),
  })

export const postgres = (more: object = {}, secret: object = {}): object => ({
  serviceRef: {name: 'pg', ...more},
  secretRef: {name: 'pg-secret', ...secret},
})
export const jdbc = (url: string): object => ({jdbcUrl: url, secretRef: {name: 'pg-secret'}})
export const brokerTo = (name: string, namespace?: string): object => ({
  ref: {
    apiVersion: 'eventing.knative.dev/v1',
    kind: 'Broker',
    name,
    ...(namespace === undefined ? {} : {namespace}),
  },
})
