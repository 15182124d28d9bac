import {type Kind} from '../../domain/core/object.js'
import {
  CONFIG_MAP,
  CUSTOM_RESOURCE,
  DEPLOYMENT,
  ENDPOINTS,
  EVENT,
  JOB,
  NAMESPACE,
  POD,
  SECRET,
  SERVICE,
  SERVICE_ACCOUNT,
  STATEFUL_SET,
} from '../../domain/kinds/names.js'
import {type Column, type KindInfo, served} from './kind.js'
import {
  envelope,
  flag,
  free,
  int,
  intOrText,
  listBy,
  listOf,
  mapOf,
  object,
  open,
  setOf,
  text,
  time,
  withDefault,
} from './schema.js'

const age: Column = {name: 'Age', type: 'string', jsonPath: '.metadata.creationTimestamp'}
const computed = (name: string, type: Column['type'] = 'string', priority = 0): Column => ({
  name,
  type,
  jsonPath: '',
  priority,
})

const reference = object({
  kind: text,
  namespace: text,
  name: text,
  uid: text,
  apiVersion: text,
  resourceVersion: text,
  fieldPath: text,
})

const localReference = object({name: text})
const keyReference = object({name: text, key: text, optional: flag})

const container = open({
  name: text,
  image: text,
  imagePullPolicy: text,
  command: listOf(text),
  args: listOf(text),
  workingDir: text,
  env: listBy(
    ['name'],
    object({
      name: text,
      value: text,
      valueFrom: open({configMapKeyRef: keyReference, secretKeyRef: keyReference}),
    }),
  ),
  envFrom: listOf(free),
  ports: listBy(
    ['containerPort', 'protocol'],
    object({
      name: text,
      containerPort: int,
      hostPort: int,
      hostIP: text,
      protocol: withDefault(text, 'TCP'),
    }),
  ),
  volumeMounts: listBy(['mountPath'], free),
  resources: free,
})

const podSpec = open({
  containers: listBy(['name'], container),
  initContainers: listBy(['name'], container),
  volumes: listBy(['name'], free),
  serviceAccountName: text,
  nodeSelector: mapOf(text),
})

/** A pod template, as in Deployments, Jobs and Knative Services. */
export const podTemplate = object({
  metadata: open({labels: mapOf(text), annotations: mapOf(text)}),
  spec: podSpec,
})

export const conditionList = listBy(['type'], open({type: text, status: text, reason: text, message: text}))

/** Kinds that every cluster has; only what the stand-ins and the tools around them use is spelled out. */
export const coreKinds: readonly KindInfo[] = [
  served(NAMESPACE, {
    status: true,
    columns: [{name: 'Status', type: 'string', jsonPath: '.status.phase'}, age],
    schema: envelope({
      spec: object({finalizers: listOf(text)}),
      status: object({phase: text, conditions: conditionList}),
    }),
  }),
  served(CONFIG_MAP, {
    columns: [computed('Data', 'integer'), age],
    schema: envelope({data: mapOf(text), binaryData: mapOf({type: 'string', format: 'byte'}), immutable: flag}),
  }),
  served(SECRET, {
    columns: [{name: 'Type', type: 'string', jsonPath: '.type'}, computed('Data', 'integer'), age],
    schema: envelope({
      data: mapOf({type: 'string', format: 'byte'}),
      stringData: mapOf(text),
      type: text,
      immutable: flag,
    }),
  }),
  served(SERVICE, {
    categories: ['all'],
    status: true,
    columns: [
      {name: 'Type', type: 'string', jsonPath: '.spec.type'},
      computed('Cluster-IP'),
      computed('External-IP'),
      computed('Port(s)'),
      age,
      computed('Selector', 'string', 1),
    ],
    schema: envelope({
      spec: object({
        ports: listBy(
          ['port', 'protocol'],
          object({
            name: text,
            protocol: withDefault(text, 'TCP'),
            appProtocol: text,
            port: int,
            targetPort: intOrText,
            nodePort: int,
          }),
        ),
        selector: {...mapOf(text), 'x-kubernetes-map-type': 'atomic'},
        clusterIP: text,
        clusterIPs: listOf(text),
        type: withDefault(text, 'ClusterIP'),
        externalName: text,
        externalIPs: listOf(text),
        sessionAffinity: withDefault(text, 'None'),
        internalTrafficPolicy: withDefault(text, 'Cluster'),
        externalTrafficPolicy: text,
        ipFamilies: listOf(text),
        ipFamilyPolicy: text,
        publishNotReadyAddresses: flag,
        loadBalancerIP: text,
      }),
      status: object({loadBalancer: free, conditions: conditionList}),
    }),
  }),
  served(ENDPOINTS, {
    columns: [computed('Endpoints'), age],
    schema: envelope({
      subsets: listOf(object({addresses: listOf(free), notReadyAddresses: listOf(free), ports: listOf(free)})),
    }),
  }),
  served(SERVICE_ACCOUNT, {
    columns: [computed('Secrets', 'integer'), age],
    schema: envelope({
      secrets: listBy(['name'], reference),
      imagePullSecrets: listBy(['name'], localReference),
      automountServiceAccountToken: flag,
    }),
  }),
  served(EVENT, {
    columns: [
      computed('Last Seen'),
      {name: 'Type', type: 'string', jsonPath: '.type'},
      {name: 'Reason', type: 'string', jsonPath: '.reason'},
      computed('Object'),
      computed('Subobject', 'string', 1),
      computed('Source', 'string', 1),
      {name: 'Message', type: 'string', jsonPath: '.message'},
      computed('First Seen', 'string', 1),
      computed('Count', 'string', 1),
      {name: 'Name', type: 'string', jsonPath: '.metadata.name', priority: 1},
    ],
    schema: envelope({
      involvedObject: reference,
      reason: text,
      message: text,
      source: object({component: text, host: text}),
      firstTimestamp: time,
      lastTimestamp: time,
      count: int,
      type: text,
      eventTime: time,
      series: free,
      action: text,
      related: reference,
      reportingComponent: text,
      reportingInstance: text,
    }),
  }),
  served(POD, {
    categories: ['all'],
    status: true,
    columns: [
      computed('Ready'),
      {name: 'Status', type: 'string', jsonPath: '.status.phase'},
      computed('Restarts'),
      age,
      {name: 'IP', type: 'string', jsonPath: '.status.podIP', priority: 1},
      {name: 'Node', type: 'string', jsonPath: '.spec.nodeName', priority: 1},
    ],
    schema: envelope({spec: podSpec, status: free}),
  }),
]

const selector = object({matchLabels: mapOf(text), matchExpressions: listOf(free)})

const workload = (kind: Kind, columns: Column[], status: object) =>
  served(kind, {
    categories: ['all'],
    status: true,
    columns,
    schema: envelope({
      spec: open({replicas: int, selector, template: podTemplate, serviceName: text}),
      status: open({observedGeneration: int, replicas: int, readyReplicas: int, conditions: conditionList, ...status}),
    }),
  })

/** Workloads: what the operators install and what `platform setup` waits for. */
export const workloadKinds: readonly KindInfo[] = [
  workload(
    DEPLOYMENT,
    [
      computed('Ready'),
      {name: 'Up-to-date', type: 'integer', jsonPath: '.status.updatedReplicas'},
      {name: 'Available', type: 'integer', jsonPath: '.status.availableReplicas'},
      age,
      computed('Containers', 'string', 1),
      computed('Images', 'string', 1),
      computed('Selector', 'string', 1),
    ],
    {updatedReplicas: int, availableReplicas: int},
  ),
  workload(
    STATEFUL_SET,
    [computed('Ready'), age, computed('Containers', 'string', 1), computed('Images', 'string', 1)],
    {updatedReplicas: int, currentReplicas: int},
  ),
  served(JOB, {
    categories: ['all'],
    status: true,
    columns: [computed('Completions'), age],
    schema: envelope({
      spec: open({template: podTemplate, backoffLimit: int, completions: int, parallelism: int}),
      status: open({conditions: conditionList, succeeded: int, failed: int, active: int}),
    }),
  }),
  served(CUSTOM_RESOURCE, {
    categories: ['api-extensions'],
    status: true,
    columns: [{name: 'Created At', type: 'date', jsonPath: '.metadata.creationTimestamp'}],
    schema: envelope({
      spec: open({group: text, scope: text, names: open({plural: text, kind: text, shortNames: setOf(text)})}),
      status: open({conditions: conditionList}),
    }),
  }),
]
