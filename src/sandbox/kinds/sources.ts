import {podTemplate} from './core.js'
import {
  age,
  cloudEventOverrides,
  delivery,
  destination,
  field,
  knativeStatus,
  ready,
  reason,
  sink,
  sinkStatus,
  sourceLabels,
} from './duck.js'
import {type Kind} from '../../domain/core/object.js'
import {
  API_SERVER_SOURCE,
  CONTAINER_SOURCE,
  KAFKA_SOURCE,
  KNATIVE_SERVICE,
  PING_SOURCE,
  SINK_BINDING,
} from '../../domain/kinds/names.js'
import {type Column, type KindInfo, served} from './kind.js'
import {envelope, flag, free, int, listOf, mapOf, object, open, type Schema, text, withDefault} from './schema.js'

const selector = object({
  matchLabels: mapOf(text),
  matchExpressions: listOf(object({key: text, operator: text, values: listOf(text)}, ['key', 'operator'])),
})

const source = (
  kind: Kind,
  columns: readonly Column[],
  spec: Schema,
  crdLabels: Readonly<Record<string, string>> = sourceLabels,
): KindInfo =>
  served(kind, {
    categories: ['all', 'knative', 'sources'],
    status: true,
    columns,
    crdLabels: {'knative.dev/crd-install': 'true', ...crdLabels},
    schema: envelope({spec, status: knativeStatus({...sinkStatus, consumers: int, selector: text, claims: text})}),
  })

const secretKey = object({secretKeyRef: object({name: text, key: text, optional: flag})})

/** Event sources (knative/eventing pkg/apis/sources, eventing-kafka-broker control-plane/pkg/apis/sources). */
export const sourceKinds: readonly KindInfo[] = [
  source(
    SINK_BINDING,
    [sink, age, ready, reason],
    object({
      subject: object({apiVersion: text, kind: text, name: text, namespace: text, selector}),
      sink: destination,
      ceOverrides: cloudEventOverrides,
    }),
    {...sourceLabels, 'duck.knative.dev/binding': 'true'},
  ),
  source(
    API_SERVER_SOURCE,
    [sink, age, ready, reason],
    object(
      {
        resources: listOf(object({apiVersion: text, kind: text, selector}, ['apiVersion', 'kind'])),
        mode: withDefault(text, 'Reference'),
        owner: object({apiVersion: text, kind: text}),
        serviceAccountName: withDefault(text, 'default'),
        namespaceSelector: selector,
        filters: listOf(free),
        sink: destination,
        ceOverrides: cloudEventOverrides,
      },
      ['resources'],
    ),
  ),
  source(
    PING_SOURCE,
    [sink, field('Schedule', '.spec.schedule'), age, ready, reason],
    object({
      schedule: withDefault(text, '* * * * *'),
      timezone: text,
      contentType: text,
      data: text,
      dataBase64: text,
      sink: destination,
      ceOverrides: cloudEventOverrides,
    }),
  ),
  source(
    CONTAINER_SOURCE,
    [sink, age, ready, reason],
    object({template: podTemplate, sink: destination, ceOverrides: cloudEventOverrides}),
  ),
  source(
    KAFKA_SOURCE,
    [field('Topics', '.spec.topics'), field('BootstrapServers', '.spec.bootstrapServers'), ready, reason, age],
    object(
      {
        topics: listOf(text),
        bootstrapServers: listOf(text),
        consumerGroup: text,
        consumers: withDefault(int, 1),
        initialOffset: withDefault(text, 'latest'),
        ordering: withDefault(text, 'ordered'),
        net: object({
          sasl: object({enable: flag, user: secretKey, password: secretKey, type: secretKey}),
          tls: object({enable: flag, cert: secretKey, key: secretKey, caCert: secretKey}),
        }),
        sink: destination,
        delivery,
        ceOverrides: cloudEventOverrides,
      },
      ['topics', 'bootstrapServers'],
    ),
  ),
]

/** Knative Serving's Service: what most sinks are. */
export const servingKinds: readonly KindInfo[] = [
  served(KNATIVE_SERVICE, {
    categories: ['all', 'knative', 'serving'],
    status: true,
    columns: [
      field('URL', '.status.url'),
      field('LatestCreated', '.status.latestCreatedRevisionName'),
      field('LatestReady', '.status.latestReadyRevisionName'),
      ready,
      reason,
    ],
    crdLabels: {'knative.dev/crd-install': 'true', 'duck.knative.dev/addressable': 'true'},
    schema: envelope({
      spec: open({
        template: podTemplate,
        traffic: listOf(open({latestRevision: flag, percent: int, tag: text, revisionName: text})),
      }),
      status: open({url: text, address: open({url: text}), observedGeneration: int}),
    }),
  }),
]
