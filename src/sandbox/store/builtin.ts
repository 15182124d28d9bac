import {type KubeObject} from '../../domain/core/object.js'
import {at, isRecord, listAt, recordAt, textAt} from '../../domain/core/read.js'
import {type KindInfo} from '../kinds/kind.js'

const toBase64 = (text: string) => Buffer.from(text, 'utf8').toString('base64')

const secret = ({stringData, ...object}: KubeObject): KubeObject => {
  const written = Object.entries(isRecord(stringData) ? stringData : {}).map(([key, value]) => [
    key,
    toBase64(String(value)),
  ])
  const data = {...recordAt(object, 'data'), ...Object.fromEntries(written)}
  return {
    ...object,
    ...(Object.keys(data).length > 0 ? {data} : {}),
    type: textAt(object, 'type') ?? 'Opaque',
  }
}

/** A made-up address inside the usual service range, the same for the same uid. */
const addressOf = (uid: string): string => {
  const digits = [...uid].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 65_000, 7)
  return `10.96.${Math.floor(digits / 250) % 250}.${(digits % 250) + 2}`
}

const service = (object: KubeObject, before: KubeObject | undefined): KubeObject => {
  const spec = recordAt(object, 'spec')
  if (spec['type'] === 'ExternalName') return object
  const address =
    textAt(spec, 'clusterIP') ?? textAt(before, 'spec', 'clusterIP') ?? addressOf(String(object.metadata.uid ?? ''))
  return {
    ...object,
    spec: {
      ...spec,
      clusterIP: address,
      clusterIPs: [address],
      ipFamilies: ['IPv4'],
      ipFamilyPolicy: 'SingleStack',
    },
    status: at(object, 'status') ?? {loadBalancer: {}},
  }
}

const servicePorts = (object: KubeObject): KubeObject => {
  const spec = recordAt(object, 'spec')
  const ports = listAt(spec, 'ports').map((port) =>
    isRecord(port) ? {...port, targetPort: port['targetPort'] ?? port['port']} : port,
  )
  return ports.length === 0 ? object : {...object, spec: {...spec, ports}}
}

const namespaceLabel = (object: KubeObject): KubeObject => ({
  ...object,
  metadata: {
    ...object.metadata,
    labels: {...object.metadata.labels, 'kubernetes.io/metadata.name': object.metadata.name},
  },
})

const namespace = (object: KubeObject): KubeObject => ({
  ...object,
  spec: {finalizers: ['kubernetes']},
  status: at(object, 'status') ?? {phase: 'Active'},
})

/** Defaults that belong to reading a body: whoever sends it owns them. */
export const asDecoded = (kind: KindInfo, object: KubeObject): KubeObject => {
  if (kind.group !== '') return object
  switch (kind.kind) {
    case 'Secret':
      return secret(object)
    case 'Service':
      return servicePorts(object)
    case 'Namespace':
      return namespaceLabel(object)
    default:
      return object
  }
}

/** A new Job selects its pods by its own uid (kubernetes pkg/registry/batch/job/strategy.go). */
const job = (object: KubeObject): KubeObject => {
  const {name, uid = ''} = object.metadata
  const spec = recordAt(object, 'spec')
  const template = recordAt(spec, 'template')
  const labels = {
    'batch.kubernetes.io/controller-uid': uid,
    'batch.kubernetes.io/job-name': name,
    'controller-uid': uid,
    'job-name': name,
  }
  return {
    ...object,
    spec: {
      completions: 1,
      parallelism: 1,
      backoffLimit: 6,
      ...spec,
      selector: {matchLabels: {'batch.kubernetes.io/controller-uid': uid}},
      template: {
        ...template,
        metadata: {
          ...recordAt(template, 'metadata'),
          labels: {...recordAt(template, 'metadata', 'labels'), ...labels},
        },
      },
    },
  }
}

/** What the API server itself fills in for its own kinds before it stores them. */
export const prepared = (kind: KindInfo, object: KubeObject, before: KubeObject | undefined): KubeObject => {
  if (kind.group === 'batch' && kind.kind === 'Job' && before === undefined) return job(object)
  if (kind.group !== '') return object
  switch (kind.kind) {
    case 'Service':
      return service(object, before)
    case 'Namespace':
      return namespace(object)
    default:
      return object
  }
}
