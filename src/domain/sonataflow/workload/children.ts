import {mergePatch} from '../../core/merge-patch.js'
import {type KubeObject, type Manifest, type Ref} from '../../core/object.js'
import {isRecord, type Fields} from '../../core/read.js'
import {CONFIG_MAP, DEPLOYMENT, SERVICE} from '../../eventing/names.js'
import {serviceDetails, type PlatformContext} from '../effective/effective.js'
import {enabledInSpec, type EnvSetting, type Platform} from '../model.js'
import {writtenTag} from '../release.js'
import {
  DISRUPTION_BUDGET,
  OPERATOR,
  PROPERTIES_KEY,
  propertiesName,
  serviceObjectName,
  serviceSuffix,
  serviceUrl,
  type ServiceKey,
} from '../names.js'

/** What the operator makes for one supporting service (its internal/controller/platform/k8s.go). */

/** What decides about the children beside the settings. */
export interface ChildrenContext extends PlatformContext {
  /** The SinkBinding has given K_SINK to the Job Service; until then that has no replicas. Default: true. */
  sinkProvided?: boolean
}

/** The label by which Services and Deployments select pods. */
export const SERVICE_LABEL = 'sonataflow.org/service'

/** Labels of everything that belongs to one service of a platform. `tag` is the operator's version. */
export const childLabels = (platform: Platform, key: ServiceKey, tag?: string): Record<string, string> => ({
  app: platform.name,
  'app-namespace': platform.namespace,
  [SERVICE_LABEL]: serviceObjectName(platform.name, key),
  'app.kubernetes.io/instance': platform.name,
  'app.kubernetes.io/name': serviceSuffix[key],
  'app.kubernetes.io/component': serviceObjectName(platform.name, key),
  'app.kubernetes.io/part-of': platform.name,
  'app.kubernetes.io/managed-by': OPERATOR,
  ...(tag === undefined ? {} : {'app.kubernetes.io/version': tag}),
})

/** By these labels the operator knows the objects of a platform again, in any namespace. */
export const belongsTo = (object: KubeObject, platform: Platform): boolean => {
  const {labels = {}} = object.metadata
  return (
    labels.app === platform.name &&
    labels['app-namespace'] === platform.namespace &&
    labels['app.kubernetes.io/managed-by'] === OPERATOR
  )
}

/** The owner that makes a child go with its platform; nothing for a platform that was never stored. */
export const ownerOf = ({ref, uid}: Platform): Pick<Manifest['metadata'], 'ownerReferences'> =>
  uid === undefined
    ? {}
    : {
        ownerReferences: [
          {
            apiVersion: ref.apiVersion,
            kind: ref.kind,
            name: ref.name,
            uid,
            controller: true,
          },
        ],
      }

const child = (
  kind: {apiVersion: string; kind: string},
  name: string,
  key: ServiceKey,
  context: ChildrenContext,
): Manifest => ({
  ...kind,
  metadata: {
    name,
    namespace: context.platform.namespace,
    labels: childLabels(context.platform, key, writtenTag(context)),
    ...ownerOf(context.platform),
  },
})

const health = (name: 'ready' | 'live'): Fields => ({
  httpGet: {path: `/q/health/${name}`, port: 8080, scheme: 'HTTP'},
  initialDelaySeconds: 45,
  timeoutSeconds: 10,
  periodSeconds: 30,
  successThreshold: 1,
  failureThreshold: 4,
})

/** A variable as a container has it. The words of `from` are those of `operatorEnv`. */
const envVar = ({name, value, from}: EnvSetting): Fields => {
  if (from === undefined) return {name, value: value ?? ''}
  const [, secret = '', key = ''] = from.split(' ')
  return {name, valueFrom: {secretKeyRef: {name: secret, key}}}
}

/** Maps are merged, lists are replaced: the user's `volumes` and `volumeMounts` push the operator's out. */
const overridden = (mine: Fields, theirs: Fields): Fields => {
  const merged = mergePatch(mine, theirs)
  return isRecord(merged) ? merged : mine
}

const serviceContainer = (key: ServiceKey, context: ChildrenContext): Fields => {
  const {platform} = context
  const details = serviceDetails(platform, key, context)
  const {env: written = [], ...container} = platform.services?.[key]?.podTemplate.container ?? {}
  const mine = details.env.filter(({origin}) => origin.from === 'operator')
  const names = mine.map(({name}) => name)
  const theirs = (Array.isArray(written) ? written : []).filter(
    (one) => isRecord(one) && !(typeof one.name === 'string' && names.includes(one.name)),
  )
  const base = {
    image: details.image.value,
    imagePullPolicy: details.image.value.endsWith(':latest') ? 'Always' : 'IfNotPresent',
    resources: {requests: details.requests.value, limits: details.limits.value},
    readinessProbe: health('ready'),
    livenessProbe: health('live'),
    ports: [{name: 'h2c', containerPort: 8080, protocol: 'TCP'}],
    volumeMounts: [{name: 'application-config', mountPath: '/home/kogito/config'}],
  }
  return {...overridden(base, container), name: serviceSuffix[key], env: [...mine.map(envVar), ...theirs]}
}

/** The Deployment of a service whose stanza is there. */
export const expectedDeployment = (key: ServiceKey, context: ChildrenContext): Manifest => {
  const {platform, sinkProvided = true} = context
  const details = serviceDetails(platform, key, context)
  const container = serviceContainer(key, context)
  const spec = overridden(
    {volumes: [{name: 'application-config', configMap: {name: propertiesName(platform.name, key)}}]},
    platform.services?.[key]?.podTemplate.podSpec ?? {},
  )
  const others = Array.isArray(spec.containers) ? spec.containers : []
  const named = others.some((one) => isRecord(one) && one.name === container.name)
  const waits = key === 'jobService' && details.sink?.mode !== 'http' && !sinkProvided
  const labels = childLabels(platform, key, writtenTag(context))
  return {
    ...child(DEPLOYMENT, serviceObjectName(platform.name, key), key, context),
    spec: {
      replicas: waits ? 0 : details.replicas.value,
      selector: {matchLabels: {[SERVICE_LABEL]: serviceObjectName(platform.name, key)}},
      ...(key === 'jobService' ? {strategy: {type: 'Recreate'}} : {}),
      template: {
        metadata: {labels},
        spec: {
          ...spec,
          // One of the same name is replaced whole, so what the user wrote there is lost.
          containers: named
            ? others.map((one) => (isRecord(one) && one.name === container.name ? container : one))
            : [...others, container],
        },
      },
    },
  }
}

export const expectedService = (key: ServiceKey, context: ChildrenContext): Manifest => {
  const name = serviceObjectName(context.platform.name, key)
  return {
    ...child(SERVICE, name, key, context),
    spec: {
      ports: [{name: 'h2c', protocol: 'TCP', port: 80, targetPort: 8080}],
      selector: {[SERVICE_LABEL]: name},
    },
  }
}

const kafkaHealth = 'quarkus.smallrye-health.check."io.quarkus.kafka.client.health.KafkaHealthCheck".enabled'
const leaderHealth =
  'quarkus.smallrye-health.check."org.kie.kogito.jobs.service.management.JobServiceLeaderLivenessHealthCheck".enabled'
const sinkHealth =
  'quarkus.smallrye-health.check."org.kie.kogito.jobs.service.messaging.http.health.knative.KSinkInjectionHealthCheck".enabled'
const statusEvents = 'mp.messaging.outgoing.kogito-job-service-job-status-events-http'

/** `application.properties` of a service, which the operator writes anew at every look. */
export const serviceProperties = (key: ServiceKey, platform: Platform): Record<string, string> => {
  const common = {
    'quarkus.http.port': '8080',
    'quarkus.http.host': '0.0.0.0',
    'quarkus.devservices.enabled': 'false',
    'quarkus.kogito.devservices.enabled': 'false',
    'kogito.service.url': serviceUrl(platform.name, platform.namespace, key),
    [kafkaHealth]: 'false',
  }
  if (key === 'dataIndex') return common
  // Any source counts here, one without a ref too.
  const hasSource = (platform.services?.jobService?.source ?? platform.broker) !== undefined
  return {
    ...common,
    [leaderHealth]: 'true',
    'kogito.jobs-service.management.leader-check.expiration-in-seconds': '60',
    [sinkHealth]: String(hasSource),
    ...(enabledInSpec(platform, 'dataIndex')
      ? {
          'kogito.jobs-service.http.job-status-change-events': 'true',
          ...(hasSource
            ? {
                [`${statusEvents}.url`]: '${K_SINK}',
                [`${statusEvents}.connector`]: 'quarkus-http',
                [`${statusEvents}.method`]: 'POST',
              }
            : {[`${statusEvents}.url`]: `${serviceUrl(platform.name, platform.namespace, 'dataIndex')}/jobs`}),
        }
      : {}),
  }
}

export const expectedConfigMap = (key: ServiceKey, context: ChildrenContext): Manifest => ({
  ...child(CONFIG_MAP, propertiesName(context.platform.name, key), key, context),
  data: {
    [PROPERTIES_KEY]: Object.entries(serviceProperties(key, context.platform))
      .map(([name, value]) => `${name} = ${value}\n`)
      .sort()
      .join(''),
  },
})

/** The disruption budget of Data Index; only with more than one replica, and minAvailable goes before maxUnavailable. */
export const expectedDisruptionBudget = (context: ChildrenContext): Manifest | undefined => {
  const {platform} = context
  const template = platform.services?.dataIndex?.podTemplate
  const {minAvailable, maxUnavailable} = template?.disruptionBudget ?? {}
  if ((minAvailable ?? maxUnavailable) === undefined || (template?.replicas ?? 1) < 2) return undefined
  const name = serviceObjectName(platform.name, 'dataIndex')
  return {
    ...child(DISRUPTION_BUDGET, name, 'dataIndex', context),
    spec: {
      ...(minAvailable === undefined ? {maxUnavailable} : {minAvailable}),
      selector: {matchLabels: {[SERVICE_LABEL]: name}},
    },
  }
}

/** References to what a service has, for leftovers after its stanza is gone. */
export const serviceChildRefs = (platform: Platform, key: ServiceKey): Ref[] => {
  const {namespace} = platform
  const name = serviceObjectName(platform.name, key)
  return [
    {...DEPLOYMENT, name, namespace},
    {...SERVICE, name, namespace},
    {...CONFIG_MAP, name: propertiesName(platform.name, key), namespace},
    ...(key === 'dataIndex' ? [{...DISRUPTION_BUDGET, name, namespace}] : []),
  ]
}
