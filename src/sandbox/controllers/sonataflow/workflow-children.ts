import {CONFIG_MAP, DEPLOYMENT, SERVICE, SINK_BINDING, TRIGGER} from '../../../domain/eventing/names.js'
import {type KubeObject} from '../../../domain/core/object.js'
import {listAt, recordAt, textAt} from '../../../domain/core/read.js'
import {type EffectiveDestination} from '../../../domain/sonataflow/effective/eventing.js'
import {type EffectiveWorkflow} from '../../../domain/sonataflow/effective/workflow.js'
import {childName, OPERATOR, workflowSinkBindingName} from '../../../domain/sonataflow/names.js'
import {type Workflow} from '../../../domain/sonataflow/workflow/model.js'
import {ownerOf} from '../addressables.js'

/** What the operator makes for a workflow (internal/controller/profiles/common/object_creators.go). */

const CONTAINER = 'workflow'

/** Labels of everything that belongs to a workflow (workflowproj/operator.go GetDefaultLabels). */
export const workflowLabels = ({name, namespace}: Workflow, tag: string, platform: string): Record<string, string> => ({
  'sonataflow.org/workflow-app': name,
  'app.kubernetes.io/name': name,
  'app.kubernetes.io/instance': name,
  'app.kubernetes.io/component': 'serverless-workflow',
  'app.kubernetes.io/managed-by': OPERATOR,
  'app.kubernetes.io/version': tag,
  app: name,
  'sonataflow.org/workflow-namespace': namespace,
  'app.kubernetes.io/part-of': platform,
})

/** What the manifests have in common. */
export interface WorkflowChild {
  effective: EffectiveWorkflow
  labels: Readonly<Record<string, string>>
  /** Of the workflow's program. */
  image: string
}

const child = (
  kind: {apiVersion: string; kind: string},
  name: string,
  {effective: {workflow}, labels}: WorkflowChild,
): KubeObject => ({
  ...kind,
  metadata: {name, namespace: workflow.namespace, labels: {...labels}, ownerReferences: [ownerOf(workflow.object)]},
})

const usesBroker = ({sink}: EffectiveWorkflow): boolean => sink?.mode === 'ref' || sink?.mode === 'uri'

const outgoing = (channel: string): string => `mp.messaging.outgoing.${channel}`

/** Where a workflow finds Data Index and Job Service (internal/controller/platform/services/properties.go). */
const serviceProperties = (effective: EffectiveWorkflow): Record<string, string> => {
  const {services} = effective
  const sink = usesBroker(effective)
  const definitions = outgoing('kogito-processdefinitions-events')
  const instances = outgoing('kogito-processinstances-events')
  const requests = outgoing('kogito-job-service-job-request-events')
  const {url: dataIndex} = services.dataIndex
  const {url: jobService} = services.jobService
  const viaSink = (channel: string) => ({
    [`${channel}.connector`]: 'quarkus-http',
    [`${channel}.method`]: 'POST',
    [`${channel}.url`]: '${K_SINK}',
  })
  const connected = dataIndex !== undefined
  return {
    'kogito.events.processdefinitions.enabled': String(connected),
    'kogito.events.processinstances.enabled': String(connected),
    ...(connected ? {'kogito.events.processdefinitions.errors.propagate': 'true'} : {}),
    ...(!connected
      ? {}
      : sink
        ? {...viaSink(definitions), ...viaSink(instances)}
        : {
            'kogito.data-index.health-enabled': 'true',
            'kogito.data-index.url': dataIndex,
            [`${definitions}.url`]: `${dataIndex}/definitions`,
            [`${instances}.url`]: `${dataIndex}/processes`,
          }),
    [`${requests}.connector`]: 'quarkus-http',
    [`${requests}.url`]: 'http://localhost/v2/jobs/events',
    ...(jobService === undefined
      ? {}
      : sink
        ? viaSink(requests)
        : {
            ...(effective.workflow.hasTimeouts ? {'kogito.jobs-service.health-enabled': 'true'} : {}),
            'kogito.jobs-service.url': jobService,
            [`${requests}.url`]: `${jobService}/v2/jobs/events`,
          }),
  }
}

const managedProperties = (effective: EffectiveWorkflow): Record<string, string> => {
  const {workflow, profile} = effective
  const sink = usesBroker(effective)
  return {
    ...(profile.value === 'dev' ? {'quarkus.dev-ui.cors.enabled': 'false'} : {}),
    'kogito.events.usertasks.enabled': 'false',
    'kogito.service.url': `http://${workflow.name}.${workflow.namespace}`,
    'org.kie.kogito.addons.knative.eventing.health-enabled': String(sink),
    'quarkus.devservices.enabled': 'false',
    'quarkus.http.host': '0.0.0.0',
    'quarkus.http.port': '8080',
    'quarkus.kogito.devservices.enabled': 'false',
    ...serviceProperties(effective),
  }
}

/** The ConfigMaps of a workflow: the user's, which stays as it is, and the operator's. */
export const workflowConfigMaps = (one: WorkflowChild): {user: KubeObject; managed: KubeObject} => {
  const {workflow, profile} = one.effective
  const text = Object.entries(managedProperties(one.effective))
    .map(([name, value]) => `${name} = ${value}\n`)
    .sort()
    .join('')
  return {
    user: {...child(CONFIG_MAP, `${workflow.name}-props`, one), data: {'application.properties': ''}},
    managed: {
      ...child(CONFIG_MAP, `${workflow.name}-managed-props`, one),
      data: {[`application-${profile.value === 'dev' ? 'dev' : 'prod'}.properties`]: text},
    },
  }
}

/** The environment for the database (internal/controller/profiles/common/persistence/postgresql.go). */
const databaseEnv = ({persistence}: EffectiveWorkflow): unknown[] => {
  if (persistence.kind !== 'postgresql') return []
  const {secret, jdbcUrl} = persistence
  const from = (key: string) => ({secretKeyRef: {name: secret.name?.value ?? '', key}})
  return [
    {name: 'QUARKUS_DATASOURCE_USERNAME', valueFrom: from(secret.userKey.value)},
    {name: 'QUARKUS_DATASOURCE_PASSWORD', valueFrom: from(secret.passwordKey.value)},
    {name: 'QUARKUS_DATASOURCE_DB_KIND', value: 'postgresql'},
    {name: 'QUARKUS_DATASOURCE_JDBC_URL', value: jdbcUrl.value},
    {name: 'KOGITO_PERSISTENCE_TYPE', value: 'jdbc'},
  ]
}

export const workflowDeployment = (one: WorkflowChild, sinkUri: string | undefined): KubeObject => {
  const {workflow} = one.effective
  const template = recordAt(workflow.object, 'spec', 'podTemplate')
  const written = listAt(template, 'container', 'env')
  const injected = sinkUri === undefined ? [] : [{name: 'K_SINK', value: sinkUri}]
  return {
    ...child(DEPLOYMENT, workflow.name, one),
    spec: {
      replicas: template['replicas'] ?? 1,
      selector: {matchLabels: {app: workflow.name, 'sonataflow.org/workflow-app': workflow.name}},
      template: {
        metadata: {labels: {...one.labels}},
        spec: {
          containers: [
            {
              name: CONTAINER,
              image: one.image,
              ports: [{name: 'h2c', containerPort: 8080, protocol: 'TCP'}],
              env: [...databaseEnv(one.effective), ...written, ...injected],
            },
          ],
          volumes: [
            {name: 'user-properties', configMap: {name: `${workflow.name}-props`}},
            {name: 'workflow-properties', configMap: {name: `${workflow.name}-managed-props`}},
          ],
        },
      },
    },
  }
}

export const workflowService = (one: WorkflowChild): KubeObject => {
  const {workflow} = one.effective
  return {
    ...child(SERVICE, workflow.name, one),
    spec: {
      ports: [{name: 'h2c', protocol: 'TCP', port: 80, targetPort: 8080}],
      selector: {app: workflow.name, 'sonataflow.org/workflow-app': workflow.name},
    },
  }
}

/** The SinkBinding by which the workflow gets its K_SINK; `undefined` when it sends its events directly. */
export const workflowSinkBinding = (one: WorkflowChild): KubeObject | undefined => {
  const {workflow, sink} = one.effective
  if (sink?.mode !== 'ref' && sink?.mode !== 'uri') return undefined
  return {
    ...child(SINK_BINDING, workflowSinkBindingName(workflow.name), one),
    spec: {
      sink: sink.mode === 'uri' ? {uri: sink.uri} : {ref: referenceOf(sink)},
      subject: {...DEPLOYMENT, name: workflow.name, namespace: workflow.namespace},
    },
  }
}

const referenceOf = ({
  apiVersion = 'eventing.knative.dev/v1',
  kind = 'Broker',
  name,
  namespace,
}: Extract<EffectiveDestination, {mode: 'ref'}>) => ({apiVersion, kind, name, namespace})

/** A trigger for each event that the workflow consumes, in the namespace of its broker. */
export const workflowTriggers = (one: WorkflowChild): KubeObject[] => {
  const {workflow, sources} = one.effective
  return workflow.consumes.flatMap(({name, type}) => {
    const from = sources.find(({eventType}) => eventType === type)?.from
    if (from?.mode !== 'ref') return []
    const {namespace} = from
    return [
      {
        ...TRIGGER,
        metadata: {
          name: childName(`${workflow.name}-${name}-`.toLowerCase(), workflow.uid ?? ''),
          namespace,
          labels: {...one.labels},
          ...(namespace === workflow.namespace ? {ownerReferences: [ownerOf(workflow.object)]} : {}),
        },
        spec: {
          broker: from.name,
          filter: {attributes: {type}},
          subscriber: {ref: {...SERVICE, name: workflow.name, namespace: workflow.namespace}},
        },
      },
    ]
  })
}

/** The broker of a trigger. */
export const brokerNameOf = (trigger: KubeObject): string => textAt(trigger, 'spec', 'broker') ?? ''
