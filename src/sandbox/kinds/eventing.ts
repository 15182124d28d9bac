import {
  addressStatus,
  addressableLabel,
  age,
  deadLetterStatus,
  delivery,
  destination,
  field,
  kReference,
  knativeStatus,
  ready,
  reason,
  subscribableLabels,
  url,
} from './duck.js'
import {type KindInfo, kindOf} from './kind.js'
import {envelope, free, int, listOf, object, oneOf, open, text, withDefault} from './schema.js'

const eventingGroup = 'eventing.knative.dev'
const messagingGroup = 'messaging.knative.dev'
const install = {'knative.dev/crd-install': 'true'}

const authStatus = object({serviceAccountName: text, serviceAccountNames: listOf(text)})

/** Brokers, triggers and what is stored beside them (knative/eventing pkg/apis/eventing/v1). */
export const eventingKinds: readonly KindInfo[] = [
  kindOf({
    group: eventingGroup,
    versions: ['v1'],
    kind: 'Broker',
    plural: 'brokers',
    categories: ['all', 'knative', 'eventing'],
    status: true,
    columns: [
      url,
      age,
      ready,
      reason,
      field('Class', '.metadata.annotations.eventing\\.knative\\.dev/broker\\.class', 1),
    ],
    crdLabels: {...install, ...addressableLabel},
    schema: envelope({
      spec: object({
        config: object({apiVersion: text, kind: text, name: text, namespace: text}),
        delivery,
      }),
      status: knativeStatus({...addressStatus, ...deadLetterStatus}),
    }),
  }),
  kindOf({
    group: eventingGroup,
    versions: ['v1'],
    kind: 'Trigger',
    plural: 'triggers',
    categories: ['all', 'knative', 'eventing'],
    status: true,
    columns: [field('Broker', '.spec.broker'), field('Subscriber_URI', '.status.subscriberUri'), age, ready, reason],
    crdLabels: install,
    schema: envelope({
      spec: object({
        broker: text,
        brokerRef: kReference,
        filter: object({attributes: free}),
        filters: listOf(
          object({
            all: listOf(free),
            any: listOf(free),
            not: free,
            exact: free,
            prefix: free,
            suffix: free,
            cesql: text,
          }),
        ),
        subscriber: destination,
        delivery,
      }),
      status: knativeStatus({
        subscriberUri: text,
        subscriberCACerts: text,
        subscriberAudience: text,
        auth: authStatus,
        ...deadLetterStatus,
      }),
    }),
  }),
  kindOf({
    group: eventingGroup,
    versions: ['v1beta2', 'v1beta3'],
    kind: 'EventType',
    plural: 'eventtypes',
    categories: ['all', 'knative', 'eventing'],
    status: true,
    columns: [
      field('Type', '.spec.type'),
      field('Source', '.spec.source'),
      field('Schema', '.spec.schema'),
      field('Reference Name', '.spec.reference.name'),
      field('Reference Kind', '.spec.reference.kind'),
      field('Description', '.spec.description'),
      ready,
      reason,
    ],
    crdLabels: install,
    schema: envelope({
      spec: object({
        type: text,
        source: text,
        schema: text,
        schemaData: text,
        broker: text,
        reference: kReference,
        description: text,
        attributes: listOf(object({name: text, required: {type: 'boolean'}, value: text})),
        variables: listOf(free),
      }),
      status: knativeStatus(),
    }),
  }),
  kindOf({
    group: eventingGroup,
    versions: ['v1alpha1'],
    kind: 'KafkaSink',
    plural: 'kafkasinks',
    categories: ['all', 'knative', 'eventing'],
    status: true,
    columns: [url, age, ready, reason],
    crdLabels: {...install, ...addressableLabel},
    schema: envelope({
      spec: object(
        {
          topic: text,
          numPartitions: int,
          replicationFactor: int,
          bootstrapServers: listOf(text),
          contentMode: withDefault(oneOf('binary', 'structured'), 'binary'),
          auth: object({secret: object({ref: object({name: text}, ['name'])})}),
        },
        ['topic', 'bootstrapServers'],
      ),
      status: knativeStatus(addressStatus),
    }),
  }),
]

const subscribers = listOf(free)
const subscribableStatus = {subscribers, ...addressStatus, ...deadLetterStatus}
const channelColumns = [url, age, ready, reason]

/** Channels and subscriptions (knative/eventing pkg/apis/messaging/v1). */
export const messagingKinds: readonly KindInfo[] = [
  kindOf({
    group: messagingGroup,
    versions: ['v1'],
    kind: 'Channel',
    plural: 'channels',
    shortNames: ['ch'],
    categories: ['all', 'knative', 'messaging', 'channel'],
    status: true,
    columns: channelColumns,
    crdLabels: {...install, ...subscribableLabels},
    schema: envelope({
      spec: object({channelTemplate: object({apiVersion: text, kind: text, spec: free}), delivery, subscribers}),
      status: knativeStatus({...subscribableStatus, channel: kReference}),
    }),
  }),
  kindOf({
    group: messagingGroup,
    versions: ['v1'],
    kind: 'InMemoryChannel',
    plural: 'inmemorychannels',
    shortNames: ['imc'],
    categories: ['all', 'knative', 'messaging', 'channel'],
    status: true,
    columns: channelColumns,
    crdLabels: {...install, ...subscribableLabels},
    schema: envelope({
      spec: object({delivery, subscribers}),
      status: knativeStatus(subscribableStatus),
    }),
  }),
  kindOf({
    group: messagingGroup,
    versions: ['v1beta1', 'v1'],
    kind: 'KafkaChannel',
    plural: 'kafkachannels',
    shortNames: ['kc'],
    categories: ['all', 'knative', 'messaging', 'channel'],
    status: true,
    columns: [ready, reason, url, age],
    crdLabels: {...install, ...subscribableLabels},
    schema: envelope({
      spec: object({
        numPartitions: withDefault(int, 1),
        replicationFactor: withDefault({...int, maximum: 32767}, 1),
        retentionDuration: text,
        delivery,
        subscribers,
      }),
      status: knativeStatus(subscribableStatus),
    }),
  }),
  kindOf({
    group: messagingGroup,
    versions: ['v1'],
    kind: 'Subscription',
    plural: 'subscriptions',
    shortNames: ['sub'],
    categories: ['all', 'knative', 'messaging'],
    status: true,
    columns: [age, ready, reason],
    crdLabels: install,
    schema: envelope({
      spec: object({channel: kReference, subscriber: destination, reply: destination, delivery}),
      status: knativeStatus({
        auth: authStatus,
        physicalSubscription: open({subscriberUri: text, replyUri: text, deadLetterSinkUri: text}),
      }),
    }),
  }),
]
