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
import {
  BROKER,
  CHANNEL,
  EVENT_TYPE,
  IN_MEMORY_CHANNEL,
  KAFKA_CHANNEL,
  KAFKA_SINK,
  SUBSCRIPTION,
  TRIGGER,
} from '../../domain/kinds/names.js'
import {type KindInfo, served} from './kind.js'
import {envelope, free, int, listOf, object, oneOf, open, text, withDefault} from './schema.js'

const install = {'knative.dev/crd-install': 'true'}

const authStatus = object({serviceAccountName: text, serviceAccountNames: listOf(text)})

/** Brokers, triggers and what is stored beside them (knative/eventing pkg/apis/eventing/v1). */
export const eventingKinds: readonly KindInfo[] = [
  served(BROKER, {
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
  served(TRIGGER, {
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
  served(EVENT_TYPE, {
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
  served(KAFKA_SINK, {
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
  served(CHANNEL, {
    categories: ['all', 'knative', 'messaging', 'channel'],
    status: true,
    columns: channelColumns,
    crdLabels: {...install, ...subscribableLabels},
    schema: envelope({
      spec: object({channelTemplate: object({apiVersion: text, kind: text, spec: free}), delivery, subscribers}),
      status: knativeStatus({...subscribableStatus, channel: kReference}),
    }),
  }),
  served(IN_MEMORY_CHANNEL, {
    categories: ['all', 'knative', 'messaging', 'channel'],
    status: true,
    columns: channelColumns,
    crdLabels: {...install, ...subscribableLabels},
    schema: envelope({
      spec: object({delivery, subscribers}),
      status: knativeStatus(subscribableStatus),
    }),
  }),
  served(KAFKA_CHANNEL, {
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
  served(SUBSCRIPTION, {
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
