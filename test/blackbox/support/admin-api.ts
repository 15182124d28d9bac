import {Agent, request} from 'node:https'
import {type IncomingMessage} from 'node:http'
import {type KubeObject, type Ref} from '../../../src/domain/core/object.js'
import {at, isRecord, listAt, textAt} from '../../../src/domain/core/read.js'
import {type Access} from './credentials.js'

/** Plurals of the kinds that scenarios are made of. */
const PLURALS: Readonly<Record<string, string>> = {
  'v1 Namespace': 'namespaces',
  'v1 ConfigMap': 'configmaps',
  'v1 Secret': 'secrets',
  'v1 Service': 'services',
  'discovery.k8s.io/v1 EndpointSlice': 'endpointslices',
  'v1 Event': 'events',
  'v1 Pod': 'pods',
  'apps/v1 Deployment': 'deployments',
  'apps/v1 StatefulSet': 'statefulsets',
  'batch/v1 Job': 'jobs',
  'apiextensions.k8s.io/v1 CustomResourceDefinition': 'customresourcedefinitions',
  'serving.knative.dev/v1 Service': 'services',
  'eventing.knative.dev/v1 Broker': 'brokers',
  'eventing.knative.dev/v1 Trigger': 'triggers',
  'messaging.knative.dev/v1 Channel': 'channels',
  'messaging.knative.dev/v1 InMemoryChannel': 'inmemorychannels',
  'messaging.knative.dev/v1beta1 KafkaChannel': 'kafkachannels',
  'messaging.knative.dev/v1 Subscription': 'subscriptions',
  'sources.knative.dev/v1 PingSource': 'pingsources',
  'sources.knative.dev/v1 SinkBinding': 'sinkbindings',
  'operator.knative.dev/v1beta1 KnativeEventing': 'knativeeventings',
  'operator.serverless.openshift.io/v1alpha1 KnativeKafka': 'knativekafkas',
  'sonataflow.org/v1alpha08 SonataFlow': 'sonataflows',
  'sonataflow.org/v1alpha08 SonataFlowPlatform': 'sonataflowplatforms',
  'sonataflow.org/v1alpha08 SonataFlowClusterPlatform': 'sonataflowclusterplatforms',
}

export interface Answer {
  code: number
  body: unknown
}

/**
 * The administrator's own line to the cluster: scenarios are prepared and looked at through it, never through the
 * program that is tested.
 */
export interface AdminApi {
  /** Any request; `body` goes as JSON. */
  ask(method: string, path: string, body?: unknown, contentType?: string): Promise<Answer>
  /** Fails with the server's words unless the answer is 2xx. */
  create(object: KubeObject): Promise<KubeObject>
  get(ref: Ref): Promise<KubeObject | undefined>
  /** Without a namespace, of all. */
  list(kind: Pick<Ref, 'apiVersion' | 'kind'>, namespace?: string): Promise<KubeObject[]>
  /** Merge patch. */
  patch(ref: Ref, patch: unknown, subresource?: 'status'): Promise<void>
  /** What belongs to it goes with it; what somebody else has taken away already is fine. */
  remove(ref: Ref): Promise<void>
  /** Takes all finalizers off, so that what is being deleted goes. */
  release(ref: Ref): Promise<void>
  /** Calls back for every object of the kind that is there or changes, in all namespaces. */
  watch(kind: Pick<Ref, 'apiVersion' | 'kind'>, heard: (object: KubeObject) => void): void
  close(): void
}

const MERGE_PATCH = 'application/merge-patch+json'

/** The path of an object, or of its collection when `name` is left out. */
export const pathOf = ({apiVersion, kind, namespace, name}: Omit<Ref, 'name'> & {name?: string}): string => {
  const plural = PLURALS[`${apiVersion} ${kind}`]
  if (plural === undefined) throw new Error(`scenarios do not know ${apiVersion} ${kind}`)
  const root = apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`
  return [root, namespace === undefined ? '' : `/namespaces/${namespace}`, `/${plural}`, name && `/${name}`].join('')
}

const isObject = (value: unknown): value is KubeObject =>
  isRecord(value) && typeof value['kind'] === 'string' && typeof at(value, 'metadata', 'name') === 'string'

/** Fails unless it has a kind and a name. */
export const objectOf = (value: unknown): KubeObject => {
  if (!isObject(value)) throw new Error(`not an object: ${JSON.stringify(value)}`)
  return value
}

const textOf = async (answer: IncomingMessage): Promise<string> => {
  const chunks: Buffer[] = []
  for await (const chunk of answer) if (Buffer.isBuffer(chunk)) chunks.push(chunk)
  return Buffer.concat(chunks).toString('utf8')
}

/** Connects as the administrator. */
export const adminApi = ({server, authority, admin}: Access): AdminApi => {
  const decoded = (field: string): string | undefined => {
    const text = textAt(admin, field)
    return text === undefined ? undefined : Buffer.from(text, 'base64').toString('utf8')
  }
  const token = textAt(admin, 'token')
  let closed = false
  const agent = new Agent({
    keepAlive: true,
    ca: authority,
    cert: decoded('client-certificate-data'),
    key: decoded('client-key-data'),
  })
  const open = (method: string, path: string, body?: string, contentType = 'application/json') =>
    new Promise<IncomingMessage>((resolve, reject) => {
      const headers = {
        Accept: 'application/json',
        ...(token === undefined ? {} : {Authorization: `Bearer ${token}`}),
        ...(body === undefined ? {} : {'Content-Type': contentType, 'Content-Length': Buffer.byteLength(body)}),
      }
      request(new URL(path, server), {method, agent, headers}, resolve).once('error', reject).end(body)
    })
  const ask = async (method: string, path: string, body?: unknown, contentType?: string): Promise<Answer> => {
    const answer = await open(method, path, body === undefined ? undefined : JSON.stringify(body), contentType)
    const text = await textOf(answer)
    const parsed: unknown = text.startsWith('{') ? JSON.parse(text) : text
    return {code: answer.statusCode ?? 0, body: parsed}
  }
  const must = async (what: string, answering: Promise<Answer>): Promise<unknown> => {
    const {code, body} = await answering
    if (code < 200 || code > 299) throw new Error(`${what}: ${code} ${textAt(body, 'message') ?? String(body)}`)
    return body
  }
  /** As `must`, but what is gone is as good. */
  const mustOrGone = async (what: string, answering: Promise<Answer>): Promise<void> => {
    const answer = await answering
    if (answer.code !== 404) await must(what, Promise.resolve(answer))
  }
  return {
    ask,
    create: async (object) => {
      const {apiVersion, kind, metadata} = object
      const path = pathOf({
        apiVersion,
        kind,
        ...(metadata.namespace === undefined ? {} : {namespace: metadata.namespace}),
      })
      return objectOf(await must(`create ${kind} ${metadata.name}`, ask('POST', path, object)))
    },
    get: async (ref) => {
      const {code, body} = await ask('GET', pathOf(ref))
      return code === 404 ? undefined : objectOf(body)
    },
    list: async (kind, namespace) => {
      const body = await must(`list ${kind.kind}`, ask('GET', pathOf({...kind, ...(namespace && {namespace})})))
      return listAt(body, 'items').map((item) => objectOf({...kind, ...(isRecord(item) ? item : {})}))
    },
    patch: async (ref, patch, subresource) => {
      const path = `${pathOf(ref)}${subresource === undefined ? '' : `/${subresource}`}`
      await must(`patch ${ref.kind} ${ref.name}`, ask('PATCH', path, patch, MERGE_PATCH))
    },
    remove: async (ref) => {
      // Nothing is left to the defaults of kinds: those of batch/v1 Jobs orphan the pods.
      const answering = ask('DELETE', `${pathOf(ref)}?propagationPolicy=Background`)
      await mustOrGone(`delete ${ref.kind} ${ref.name}`, answering)
    },
    release: async (ref) => {
      const answering = ask('PATCH', pathOf(ref), {metadata: {finalizers: null}}, MERGE_PATCH)
      await mustOrGone(`release ${ref.kind} ${ref.name}`, answering)
    },
    watch(kind, heard) {
      const follow = async (): Promise<void> => {
        const answer = await open('GET', `${pathOf(kind)}?watch=true`)
        let rest = ''
        for await (const chunk of answer.setEncoding('utf8')) {
          const lines = `${rest}${String(chunk)}`.split('\n')
          rest = lines.pop() ?? ''
          for (const line of lines) {
            const object = at(JSON.parse(line), 'object')
            if (isObject(object)) heard(object)
          }
        }
      }
      const forever = async (): Promise<void> => {
        while (!closed) {
          // A server may end a watch at any time; the next one begins with all that is there.
          await follow().catch(() => {})
          await new Promise((resolve) => setTimeout(resolve, 100).unref())
        }
      }
      void forever()
    },
    close() {
      closed = true
      agent.destroy()
    },
  }
}
