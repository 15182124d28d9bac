import {type Kind} from '../../domain/core/object.js'
import {CLUSTER_PLATFORM, PLATFORM, WORKFLOW, WORKFLOW_BUILD} from '../../domain/kinds/names.js'
import {field} from './duck.js'
import {type Column, type KindInfo, served} from './kind.js'
import {
  envelope,
  flag,
  free,
  int,
  listBy,
  listOf,
  mapOf,
  object,
  oneOf,
  open,
  type Schema,
  text,
  time,
  withDefault,
} from './schema.js'
import {sonataflowPodTemplate} from './sonataflow-pods.js'

/**
 * Which CustomResourceDefinitions are served: `newest` (OpenShift Serverless Logic 1.38, operator 1.0) or `nov-2024`
 * (1.35 and older, operator 10.0). The version is v1alpha08 in both.
 */
export type SonataFlowGeneration = 'newest' | 'mar-2026' | 'nov-2024'

const longInt: Schema = {type: 'integer', format: 'int64'}
const anything: Schema = {'x-kubernetes-preserve-unknown-fields': true}

const destinationFields = {
  CACerts: text,
  audience: text,
  ref: object({address: text, apiVersion: text, group: text, kind: text, name: text, namespace: text}, [
    'kind',
    'name',
  ]),
  uri: text,
}
const destination = object(destinationFields)

const secretRef = object({name: text, passwordKey: text, userKey: text}, ['name'])
const platformServer = {databaseName: text, name: text, namespace: text, port: {type: 'integer'} as const}

/** A Secret, and exactly one of `serviceRef` and `jdbcUrl`: two properties, no more and no less. */
const postgresql = (server: Record<string, Schema>): Schema => ({
  ...object({jdbcUrl: text, secretRef, serviceRef: object(server, ['name'])}, ['secretRef']),
  minProperties: 2,
  maxProperties: 2,
})

const persistence = (generation: SonataFlowGeneration): Schema => ({
  ...object({
    ...(generation !== 'nov-2024' ? {dbMigrationStrategy: withDefault(text, 'service')} : {migrateDBOnStartUp: flag}),
    postgresql: postgresql({...platformServer, databaseSchema: text}),
  }),
  maxProperties: 2,
})

const conditions = listOf(
  object({lastUpdateTime: time, message: text, reason: text, status: text, type: text}, ['status', 'type']),
)
const objectName = object({name: text, namespace: text}, ['name', 'namespace'])
const serviceUrls = object({dataIndexRef: object({url: text}), jobServiceRef: object({url: text})})
const envVar = object({name: text, value: text, valueFrom: free}, ['name'])
const buildTemplate = {
  arguments: listOf(text),
  buildArgs: listOf(envVar),
  envs: listOf(envVar),
  resources: object({
    claims: listBy(['name'], object({name: text, request: text}, ['name'])),
    limits: mapOf({'x-kubernetes-int-or-string': true}),
    requests: mapOf({'x-kubernetes-int-or-string': true}),
  }),
  timeout: {type: 'string', format: 'duration'} as const,
}

const conditionColumns = (type: string): readonly Column[] => [
  field('Ready', `.status.conditions[?(@.type=='${type}')].status`),
  field('Reason', `.status.conditions[?(@.type=='${type}')].reason`),
]

const platformSpec = (generation: SonataFlowGeneration): Schema => {
  const service = {
    enabled: flag,
    persistence: persistence(generation),
    podTemplate: sonataflowPodTemplate(generation !== 'nov-2024'),
    source: destination,
  }
  return object({
    build: object({
      config: object({
        baseImage: text,
        registry: object({address: text, ca: text, insecure: flag, organization: text, secret: text}),
        strategy: text,
        strategyOptions: mapOf(text),
        timeout: text,
      }),
      template: object(buildTemplate),
    }),
    devMode: object({baseImage: text}),
    eventing: object({broker: destination}),
    monitoring: object({enabled: flag}),
    persistence: {...object({postgresql: postgresql(platformServer)}), maxProperties: 1},
    properties: object({
      flow: listOf(
        object(
          {
            name: text,
            value: text,
            valueFrom: object({
              configMapKeyRef: open({name: withDefault(text, ''), key: text}),
              secretKeyRef: open({name: withDefault(text, ''), key: text}),
            }),
          },
          ['name'],
        ),
      ),
    }),
    services: object({dataIndex: object(service), jobService: object({...service, sink: destination})}),
  })
}

const platformStatus = (generation: SonataFlowGeneration): Schema =>
  object({
    cluster: oneOf('kubernetes', 'openshift'),
    clusterPlatformRef: object({name: text, platformRef: objectName, services: serviceUrls}),
    conditions,
    info: mapOf(text),
    observedGeneration: longInt,
    ...(generation !== 'nov-2024'
      ? {sonataFlowPlatformDBMigrationPhase: object({dbMigrationStatus: text, message: text, reason: text})}
      : {}),
    triggers: listOf(objectName),
    version: text,
  })

const stateTypes = ['delay', 'callback', 'event', 'foreach', 'inject', 'operation', 'parallel', 'sleep', 'switch']

/** A workflow of the Serverless Workflow specification 0.8, as far as platforms care about it. */
const flow: Schema = object(
  {
    annotations: listOf(text),
    auth: anything,
    autoRetries: flag,
    constants: mapOf(anything),
    dataInputSchema: object({failOnValidationErrors: flag, schema: anything}, ['failOnValidationErrors', 'schema']),
    errors: listOf(object({code: text, description: text, name: text}, ['name'])),
    events: listOf(
      object(
        {
          correlation: listOf(free),
          dataOnly: withDefault(flag, true),
          kind: withDefault(oneOf('consumed', 'produced'), 'consumed'),
          metadata: anything,
          name: text,
          source: text,
          type: text,
        },
        ['name', 'type'],
      ),
    ),
    functions: listOf(
      object(
        {
          authRef: anything,
          metadata: anything,
          name: text,
          operation: text,
          type: withDefault(oneOf('rest', 'rpc', 'expression', 'graphql', 'odata', 'asyncapi', 'custom'), 'rest'),
        },
        ['name', 'operation'],
      ),
    ),
    keepActive: flag,
    metadata: anything,
    retries: listOf(open({maxAttempts: anything, name: text})),
    secrets: listOf(text),
    start: anything,
    states: {...listOf(open({name: text, type: oneOf(...stateTypes)})), minItems: 1},
    timeouts: object({
      actionExecTimeout: text,
      branchExecTimeout: text,
      eventTimeout: text,
      stateExecTimeout: object({single: text, total: text}, ['total']),
      workflowExecTimeout: object({duration: withDefault(text, 'unlimited'), interrupt: flag, runBefore: text}, [
        'duration',
      ]),
    }),
  },
  ['states'],
)

const workflowSpec = (generation: SonataFlowGeneration): Schema => {
  const podTemplate = sonataflowPodTemplate(generation !== 'nov-2024')
  return object(
    {
      flow,
      persistence: persistence(generation),
      podTemplate: {
        ...podTemplate,
        properties: {...podTemplate.properties, deploymentModel: oneOf('kubernetes', 'knative')},
      },
      resources: object({
        configMaps: listOf(
          object({configMap: object({name: withDefault(text, '')}), workflowPath: text}, ['configMap']),
        ),
      }),
      sink: destination,
      sources: listOf(object({...destinationFields, eventType: text}, ['eventType'])),
    },
    ['flow'],
  )
}

const workflowStatus = (generation: SonataFlowGeneration): Schema =>
  object({
    address: object({CACerts: text, audience: text, name: text, url: text}),
    conditions,
    endpoint: text,
    flowCRC: int,
    lastTimeRecoverAttempt: time,
    observedGeneration: longInt,
    platform: objectName,
    recoverFailureAttempts: {type: 'integer'},
    services: serviceUrls,
    triggers: listOf(objectName),
    ...(generation !== 'nov-2024'
      ? {
          finalizerAttempts: {type: 'integer'},
          finalizerSucceed: flag,
          lastTimeFinalizerAttempt: time,
          lastTimeStatusNotified: time,
          replicas: int,
          selector: text,
        }
      : {}),
  })

/** SonataFlow's kinds (apache/incubator-kie-kogito-serverless-operator and kubesmarts/logic-operator config/crd/bases). */
export const sonataflowKinds = (generation: SonataFlowGeneration): readonly KindInfo[] => {
  const crdLabels = generation !== 'nov-2024' ? {crdLabels: {'app.kubernetes.io/name': 'sonataflow-operator'}} : {}
  const kind = (type: Kind, columns: readonly Column[], schema: Record<string, Schema>): KindInfo =>
    served(type, {status: true, columns, schema: envelope(schema), ...crdLabels})
  return [
    kind(PLATFORM, [field('Cluster', '.status.cluster'), ...conditionColumns('Succeed')], {
      spec: platformSpec(generation),
      status: platformStatus(generation),
    }),
    kind(
      CLUSTER_PLATFORM,
      [
        field('Platform_Name', '.spec.platformRef.name'),
        field('Platform_NS', '.spec.platformRef.namespace'),
        ...conditionColumns('Succeed'),
      ],
      {
        spec: object({capabilities: object({workflows: listOf(oneOf('services'))}), platformRef: objectName}, [
          'platformRef',
        ]),
        status: object({conditions, observedGeneration: longInt, version: text}),
      },
    ),
    kind(
      WORKFLOW,
      [
        field('Profile', String.raw`.metadata.annotations.sonataflow\.org\/profile`),
        field('Version', String.raw`.metadata.annotations.sonataflow\.org\/version`),
        field('URL', '.status.endpoint'),
        ...conditionColumns('Running'),
      ],
      {spec: workflowSpec(generation), status: workflowStatus(generation)},
    ),
    kind(WORKFLOW_BUILD, [field('Image', '.status.imageTag'), field('Phase', '.status.buildPhase')], {
      spec: object(buildTemplate),
      status: object({buildPhase: text, error: text, imageTag: text, innerBuild: anything}),
    }),
  ]
}
