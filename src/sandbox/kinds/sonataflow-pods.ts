import {
  flag,
  free,
  int,
  intOrText,
  listBy,
  listOf,
  mapOf,
  object,
  open,
  type Schema,
  text,
  withDefault,
} from './schema.js'

const longInt: Schema = {type: 'integer', format: 'int64'}
const named = (fields: Record<string, Schema> = {}): Schema => ({...open({name: text, ...fields}), required: ['name']})

const name = withDefault(text, '')
/** A list that says of itself what every list is when nothing is said. */
const atomic = (items: Schema): Schema => ({...listOf(items), 'x-kubernetes-list-type': 'atomic'})
const key = object({name, key: text, optional: flag}, ['key'])

const variable = object(
  {
    name: text,
    value: text,
    valueFrom: object({
      configMapKeyRef: key,
      fieldRef: object({apiVersion: text, fieldPath: text}, ['fieldPath']),
      resourceFieldRef: object({containerName: text, divisor: intOrText, resource: text}, ['resource']),
      secretKeyRef: key,
    }),
  },
  ['name'],
)

const environmentSource = object({
  configMapRef: object({name, optional: flag}),
  prefix: text,
  secretRef: object({name, optional: flag}),
})

const volumeMount = object(
  {
    mountPath: text,
    mountPropagation: text,
    name: text,
    readOnly: flag,
    recursiveReadOnly: text,
    subPath: text,
    subPathExpr: text,
  },
  ['mountPath', 'name'],
)

const containerFields: Record<string, Schema> = {
  args: listOf(text),
  command: listOf(text),
  env: listOf(variable),
  envFrom: listOf(environmentSource),
  image: text,
  imagePullPolicy: text,
  lifecycle: free,
  livenessProbe: free,
  ports: listBy(
    ['containerPort', 'protocol'],
    object({containerPort: int, hostIP: text, hostPort: int, name: text, protocol: withDefault(text, 'TCP')}, [
      'containerPort',
    ]),
  ),
  readinessProbe: free,
  resizePolicy: atomic(free),
  resources: object({
    claims: listBy(['name'], object({name: text, request: text}, ['name'])),
    limits: mapOf(intOrText),
    requests: mapOf(intOrText),
  }),
  securityContext: free,
  startupProbe: free,
  stdin: flag,
  stdinOnce: flag,
  terminationMessagePath: text,
  terminationMessagePolicy: text,
  tty: flag,
  volumeDevices: listOf(free),
  volumeMounts: listOf(volumeMount),
}

/** A container as in pods; the one of `podTemplate.container` has no name, no working directory and no restart policy. */
const namedContainer = object(
  {
    ...containerFields,
    args: atomic(text),
    command: atomic(text),
    env: listBy(['name'], variable),
    envFrom: atomic(environmentSource),
    name: text,
    restartPolicy: text,
    volumeDevices: listBy(['devicePath'], free),
    volumeMounts: listBy(['mountPath'], volumeMount),
    workingDir: text,
  },
  ['name'],
)

const fields: Record<string, Schema> = {
  activeDeadlineSeconds: longInt,
  affinity: free,
  automountServiceAccountToken: flag,
  container: object(containerFields),
  containers: listOf(namedContainer),
  dnsConfig: free,
  dnsPolicy: text,
  enableServiceLinks: flag,
  hostAliases: listOf(free),
  hostIPC: flag,
  hostNetwork: flag,
  hostPID: flag,
  hostUsers: flag,
  hostname: text,
  imagePullSecrets: listOf(object({name})),
  initContainers: listOf(namedContainer),
  nodeName: text,
  nodeSelector: {...mapOf(text), 'x-kubernetes-map-type': 'atomic'},
  os: object({name: text}, ['name']),
  overhead: mapOf(intOrText),
  preemptionPolicy: text,
  priority: int,
  priorityClassName: text,
  readinessGates: listOf(object({conditionType: text}, ['conditionType'])),
  replicas: int,
  resourceClaims: listBy(['name'], named()),
  restartPolicy: text,
  runtimeClassName: text,
  schedulerName: text,
  schedulingGates: listBy(['name'], object({name: text}, ['name'])),
  securityContext: free,
  serviceAccountName: text,
  setHostnameAsFQDN: flag,
  shareProcessNamespace: flag,
  subdomain: text,
  terminationGracePeriodSeconds: longInt,
  tolerations: listOf(object({effect: text, key: text, operator: text, tolerationSeconds: longInt, value: text})),
  topologySpreadConstraints: listBy(['topologyKey', 'whenUnsatisfiable'], free),
  volumes: listOf(named()),
}

const disruptionBudget = {podDisruptionBudget: object({maxUnavailable: intOrText, minAvailable: intOrText})}

/**
 * `podTemplate` of services and workflows: a PodSpec, the container of the program itself, and the number of replicas.
 * What lies deeper than a user of platforms writes is kept as it comes.
 */
export const sonataflowPodTemplate = (withDisruptionBudget: boolean): Schema =>
  object({...fields, ...(withDisruptionBudget ? disruptionBudget : {})})
