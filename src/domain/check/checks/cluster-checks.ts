import {kubectl} from '../../core/commands.js'
import {defaultTemplate, readChannelDefaults} from '../../eventing/channel/defaults.js'
import {notRunning} from '../../eventing/broker/class.js'
import {viewClass} from '../../eventing/cluster-defaults/class-view.js'
import {type ClassFacts} from '../../eventing/cluster-defaults/default-facts.js'
import {selectorFaults} from '../../eventing/injection/injection.js'
import {
  BROKER,
  BROKER_DEFAULTS,
  BROKER_DEFAULTS_KEY,
  CHANNEL_DEFAULTS,
  CHANNEL_DEFAULTS_KEY,
  CONFIG_MAP,
  DEPLOYMENT,
  KNATIVE_EVENTING,
  KNATIVE_KAFKA,
  SUGAR_CONFIG,
  SYSTEM_NAMESPACE,
} from '../../eventing/names.js'
import {resourceNameOf} from '../../kinds/registry.js'
import {type Finding} from '../../findings/finding.js'
import {finding} from '../../findings/catalogue.js'
import {refOf} from '../../core/object.js'
import {textAt} from '../../core/read.js'
import {readinessOf, whyNotReady} from '../../core/readiness.js'
import {isFound} from '../../core/seen.js'
import {PLATFORM} from '../../sonataflow/names.js'
import {type Check} from '../engine/check.js'
import {isKnownKind} from '../snapshot/manifests.js'
import {type Snapshot} from '../snapshot/snapshot.js'

/** Everything needs these two (knative/eventing config/core/deployments). */
const core = ['eventing-controller', 'eventing-webhook']

const hasEventing = (known: Snapshot): boolean => known.list(BROKER, known.state.namespace) !== 'absent'

const stored = (known: Snapshot): boolean => known.state.planned === undefined

const ifEventing = (known: Snapshot): number => Number(stored(known) && hasEventing(known))

const installed = (known: Snapshot): Finding[] =>
  hasEventing(known) || known.list(PLATFORM, known.state.namespace) !== 'absent'
    ? []
    : [
        finding('SFL-H01', {
          message:
            'neither Knative Eventing nor SonataFlow is installed: the server serves neither brokers nor platforms',
          repair: kubectl('api-resources', '--api-group=eventing.knative.dev'),
        }),
      ]

const running = (known: Snapshot): Finding[] => {
  const resources = known.list(KNATIVE_EVENTING, SYSTEM_NAMESPACE)
  const unready = (isFound(resources) ? resources : []).flatMap((resource): Finding[] => {
    const readiness = readinessOf(resource)
    const ref = refOf(resource)
    return readiness.state === 'ready'
      ? []
      : [
          finding('SFL-H02', {
            object: ref,
            message: `KnativeEventing ${ref.name} is not ready: ${whyNotReady(readiness) || 'nothing says why'}`,
            repair: kubectl('-n', SYSTEM_NAMESPACE, 'describe', resourceNameOf(ref), ref.name),
          }),
        ]
  })
  if (!isFound(known.deployments))
    return [
      ...unready,
      finding('SFL-B11', {message: `the Deployments of namespace ${SYSTEM_NAMESPACE} could not be read`}),
    ]
  const idle = notRunning(core, known.deployments)
  return idle === undefined
    ? unready
    : [
        ...unready,
        finding('SFL-H03', {
          object: {...DEPLOYMENT, name: core[0]!, namespace: SYSTEM_NAMESPACE},
          message: `Knative Eventing does not run: in namespace ${SYSTEM_NAMESPACE}, ${idle}`,
          repair: kubectl('-n', SYSTEM_NAMESPACE, 'get', 'deployments', ...core),
        }),
      ]
}

const classFacts = (known: Snapshot): ClassFacts => {
  const today = known.yamlOf(BROKER_DEFAULTS, BROKER_DEFAULTS_KEY)
  const resources = known.list(KNATIVE_EVENTING, SYSTEM_NAMESPACE)
  const config = isFound(resources) ? resources[0] : undefined
  const text = ['config-br-defaults', 'br-defaults']
    .map((name) => textAt(config, 'spec', 'config', name, BROKER_DEFAULTS_KEY))
    .find((one) => one !== undefined)
  return {
    configMap: known.get(CONFIG_MAP, SYSTEM_NAMESPACE, BROKER_DEFAULTS),
    knativeKafkas: known.list(KNATIVE_KAFKA, SYSTEM_NAMESPACE),
    knativeEventings: resources,
    today,
    ...(text === undefined ? {} : {stated: {text, ...known.parse(text)}}),
    configs: known.configs,
    deployments: known.deployments,
    namespaces: {},
  }
}

const defaults = (known: Snapshot): Finding[] => [...viewClass(known.state.namespace ?? '', classFacts(known)).findings]

const channelDefaults = (known: Snapshot): Finding[] => {
  const found = known.yamlOf(CHANNEL_DEFAULTS, CHANNEL_DEFAULTS_KEY)
  const object = {...CONFIG_MAP, name: CHANNEL_DEFAULTS, namespace: SYSTEM_NAMESPACE}
  const title = `ConfigMap ${SYSTEM_NAMESPACE}/${CHANNEL_DEFAULTS}`
  if (found === 'forbidden') return [finding('SFL-B11', {object, message: `${title} could not be read`})]
  const fault = !isFound(found)
    ? 'it does not exist'
    : 'fault' in found
      ? found.fault
      : defaultTemplate(readChannelDefaults(found.document), known.state.namespace ?? '') === undefined
        ? 'it names no default type'
        : undefined
  return fault === undefined
    ? []
    : [
        finding('SFL-C15', {
          object,
          message: `${CHANNEL_DEFAULTS_KEY} of ${title} cannot be used: ${fault}`,
          repair: kubectl('-n', SYSTEM_NAMESPACE, 'edit', 'configmap', CHANNEL_DEFAULTS),
        }),
      ]
}

const injection = ({sugar}: Snapshot): Finding[] => {
  if (isFound(sugar)) return selectorFaults(sugar)
  const object = {...CONFIG_MAP, name: SUGAR_CONFIG, namespace: SYSTEM_NAMESPACE}
  return sugar === 'absent'
    ? []
    : [finding('SFL-B11', {object, message: `ConfigMap ${SYSTEM_NAMESPACE}/${SUGAR_CONFIG} could not be read`})]
}

const rights = ({state}: Snapshot): Finding[] => {
  const denied = state.rights.filter(({allowed}) => !allowed)
  if (denied.length === 0) return []
  const words = denied.map(
    ({verb, resource, namespace}) =>
      `${verb} ${resource}${namespace === undefined ? '' : ` in namespace ${namespace}`}`,
  )
  return [
    finding('SFL-H13', {
      message: `you may not ${words.join(', ')}; commands that do so will be refused`,
      repair: kubectl('auth', 'can-i', '--list', ...(state.namespace === undefined ? [] : ['-n', state.namespace])),
    }),
  ]
}

/** Manifests that no check would ever ask for. */
const strangeManifests = ({state}: Snapshot): Finding[] => {
  const kinds = [...(state.planned ?? [])].map((key) => key.split('/').slice(0, 2))
  const strange = [
    ...new Set(kinds.filter(([group, kind]) => !isKnownKind(`${group}/${kind}`)).map(([, kind]) => kind)),
  ]
  return strange.length === 0
    ? []
    : [finding('SFL-H14', {message: `passed over, since no check knows them: ${strange.join(', ')}`})]
}

const check = (
  id: string,
  about: Check['about'],
  question: string,
  count: (known: Snapshot) => number,
  judge: (known: Snapshot) => readonly Finding[],
): Check => ({id, category: 'cluster', about, question, count, judge})

export const clusterChecks: readonly Check[] = [
  check(
    'eventing-installed',
    'health',
    'Knative Eventing or SonataFlow is installed',
    (known) => Number(stored(known)),
    installed,
  ),
  check('eventing-running', 'health', 'Knative Eventing runs', ifEventing, running),
  check('broker-defaults', 'health', 'Brokers that name no class or config get ones that work', ifEventing, defaults),
  check('channel-defaults', 'health', 'Channels that name no type get one', ifEventing, channelDefaults),
  check('injection-settings', 'health', 'Selectors of injection can be read', ifEventing, injection),
  check(
    'manifests',
    'audit',
    'Every manifest is of a kind that is checked',
    (known) => known.state.planned?.size ?? 0,
    strangeManifests,
  ),
  check('rights', 'audit', 'You may change what you look after', (known) => known.state.rights.length, rights),
]
