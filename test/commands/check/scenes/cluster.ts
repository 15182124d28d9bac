import type {KubeObject} from '../../../../src/domain/core/object.js'
import {failing, home, idle, system, type Scene} from './scene.js'

const defaults = (text: string): KubeObject =>
  system('ConfigMap', 'v1', 'config-br-defaults', {data: {'default-br-config': text}})
const settings = (name: string, key: string, text: string): KubeObject =>
  system('ConfigMap', 'v1', name, {data: {[key]: text}})

const shipped = `clusterDefault:
  brokerClass: MTChannelBasedBroker
  apiVersion: v1
  kind: ConfigMap
  name: config-br-default-channel
  namespace: knative-eventing
`
const of = (className: string, config: string): string =>
  shipped.replace('MTChannelBasedBroker', className).replace('config-br-default-channel', config)

/** The KnativeEventing of a cluster where the operator of knative.dev writes the ConfigMaps. */
const resource = (spec: object, status: object = {conditions: [{type: 'Ready', status: 'True'}]}): KubeObject =>
  system('KnativeEventing', 'operator.knative.dev/v1beta1', 'knative-eventing', {spec, status})

const denied = {access: (_user: string, {verb}: {verb: string}) => ['get', 'list'].includes(verb)}

export const clusterScenes: readonly Scene[] = [
  {
    shows: 'a cluster without Knative Eventing and SonataFlow',
    bare: true,
    sandbox: {install: {knative: false, sonataflow: 'none'}},
    codes: ['SFL-H01'],
  },
  {
    shows: 'a KnativeEventing that its operator has not finished',
    objects: [resource({}, failing('InstallSucceeded', 'Error', 'no route to host'))],
    sandbox: {layout: 'operator'},
    codes: ['SFL-H02'],
  },
  {shows: 'a control plane that does not run', objects: [idle('eventing-controller')], codes: ['SFL-H03']},
  {
    shows: 'changes that the user may not make',
    args: `cluster -n ${home}`,
    user: 'bob',
    sandbox: denied,
    codes: ['SFL-H13'],
  },
  {
    shows: 'a default class that cannot work',
    objects: [defaults(of('Kafka', 'config-br-default-channel'))],
    codes: ['SFL-F09'],
  },
  {
    shows: 'defaults that make brokers without a config for class Kafka',
    objects: [
      defaults(`${shipped}namespaceDefaults:
  ${home}:
    brokerClass: Kafka
    delivery: {retry: 1}
`),
    ],
    codes: ['SFL-F19'],
  },
  {
    shows: 'a default class that no controller knows',
    objects: [defaults(of('kafka', 'kafka-broker-config'))],
    codes: ['SFL-F10'],
  },
  {
    shows: 'defaults that cannot be read',
    objects: [defaults('clusterDefault: [')],
    codes: ['SFL-B13'],
  },
  {
    shows: 'a default without a class, and one of a namespace that is skipped',
    objects: [
      defaults(`${shipped.replace('  brokerClass: MTChannelBasedBroker\n', '')}namespaceDefaults:
  ${home}:
    apiVersion: v1
    kind: ConfigMap
    name: kafka-broker-config
    namespace: knative-eventing
`),
    ],
    codes: ['SFL-F07', 'SFL-F08'],
  },
  {
    shows: 'a default channel template that cannot be read',
    objects: [settings('config-br-default-channel', 'channel-template-spec', 'kind: [')],
    codes: ['SFL-B06'],
  },
  {
    shows: 'default brokers on KafkaChannels',
    objects: [
      settings(
        'config-br-default-channel',
        'channel-template-spec',
        'apiVersion: messaging.knative.dev/v1beta1\nkind: KafkaChannel\n',
      ),
    ],
    codes: ['SFL-B14'],
  },
  {
    shows: 'a default class without a data plane',
    objects: [idle('mt-broker-filter')],
    codes: ['SFL-B08'],
  },
  {
    shows: 'settings of the operator that contradict themselves',
    objects: [
      resource({
        defaultBrokerClass: 'MTChannelBasedBroker',
        config: {
          'config-br-defaults': {'default-br-config': of('Kafka', 'kafka-broker-config')},
          'br-defaults': {'default-br-config': shipped},
        },
      }),
      {
        ...defaults(of('KafkaNamespaced', 'kafka-broker-config')),
        metadata: {
          name: 'config-br-defaults',
          namespace: 'knative-eventing',
          ownerReferences: [
            {apiVersion: 'operator.knative.dev/v1beta1', kind: 'KnativeEventing', name: 'knative-eventing', uid: 'u'},
          ],
        },
      },
    ],
    sandbox: {layout: 'operator'},
    codes: ['SFL-F05', 'SFL-F06', 'SFL-F11'],
  },
  {
    shows: 'channels that get no type by default',
    objects: [settings('default-ch-webhook', 'default-ch-config', 'clusterDefault: {}')],
    codes: ['SFL-C15'],
  },
  {
    shows: 'a selector of injection that cannot be read',
    objects: [settings('config-sugar', 'namespace-selector', 'matchLabels: [')],
    codes: ['SFL-I04'],
  },
]
