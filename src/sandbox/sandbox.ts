import {type KubeObject} from '../domain/core/object.js'
import {type KubeClient} from '../kube/client.js'
import {EventingConfig} from './admission/config.js'
import {knativeAdmission, noAdmission} from './admission/knative.js'
import {storeClient} from './client.js'
import {clusterControllers} from './controllers/cluster.js'
import {ClusterView, ControllerLoop} from './controllers/controller.js'
import {knativeControllers} from './controllers/knative.js'
import {serveDefinitions} from './controllers/definitions.js'
import {operatorResources, seed} from './controllers/seed.js'
import {sonataflowControllers} from './controllers/sonataflow/sonataflow.js'
import {operatorInstallation} from './controllers/sonataflow/operator.js'
import {type Installed, installedKinds, type Layout} from './kinds/all.js'
import {KindRegistry, storageVersion} from './kinds/kind.js'
import {type Access, serviceAccount, userNamed} from './store/access.js'
import {Api} from './store/api.js'
import {Objects} from './store/objects.js'

export interface SandboxOptions {
  /** The clock of every time stamp. Default: the machine's. */
  now?: () => Date
  /** What is installed beside Kubernetes itself. Default: everything. */
  install?: Installed
  /** Who installed it: release files (the default), the operator of knative.dev, or OpenShift Serverless. */
  layout?: Layout
  /** How long the stand-in controllers let a change lie, in milliseconds. Default 5. */
  delayMs?: number
  /** What users other than `admin` may do. Default: nothing. */
  access?: Access
  /** What is in it from the beginning, as another sandbox's `snapshot` says it. Default: what is installed. */
  objects?: readonly KubeObject[]
  /** The uids of new objects, for those who need the same ones every time. Default: random. */
  uid?: (object: KubeObject) => string
}

/** A Kubernetes API with Knative and its controllers, living in this process only. */
export interface Sandbox {
  /** The port, directly on the store. `admin` (the default) may everything, `alice` nothing. */
  client(user?: string): KubeClient
  /**
   * Puts objects in as they are: no admission, no checks; namespaces are made as needed. One with a status is left
   * alone by the controllers until something changes; one without is reconciled like any other.
   */
  load(manifests: readonly KubeObject[]): void
  /** Every object, by kind, namespace and name. */
  snapshot(): KubeObject[]
  /** What clients asked, in order: `create eventing.knative.dev/v1 Broker demo/orders dryRun`. */
  readonly requests: readonly string[]
  /** Resolves when the controllers have nothing left to do. */
  settle(): Promise<void>
  /** Forgets the history, so that older watches and continue tokens are answered with 410. */
  compact(): void
  /** For the HTTPS door. */
  readonly api: Api
  /** Notes a request that came in through the door. */
  note(request: string): void
}

/** Makes a sandbox; nothing is shared between two of them. */
export const createSandbox = ({
  now = () => new Date(),
  install = {},
  layout = 'knative',
  delayMs = 5,
  access,
  uid,
  objects: restored,
}: SandboxOptions = {}): Sandbox => {
  const {knative = true, kafka = knative, sonataflow = 'newest', sonataflowTag, sonataflowVersion} = install
  const objects = new Objects()
  const registry = new KindRegistry(installedKinds({knative, kafka, sonataflow}, layout))
  const config = new EventingConfig(objects, registry.byKind('v1', 'ConfigMap')!)
  const api = new Api(objects, registry, {
    now,
    admission: knative ? knativeAdmission(config, registry) : noAdmission,
    ...(access === undefined ? {} : {access}),
    ...(uid === undefined ? {} : {uid}),
  })
  const requests: string[] = []

  /** Objects that are nobody else's: what is stored is never changed, so that the definitions of all sandboxes may be one. */
  const store = (manifests: readonly KubeObject[]): void => {
    for (const manifest of manifests) {
      const kind = registry.byKind(manifest.apiVersion, manifest.kind)
      if (kind === undefined) throw new Error(`the sandbox does not serve ${manifest.apiVersion} ${manifest.kind}`)
      const {namespace} = manifest.metadata
      const home = registry.byKind('v1', 'Namespace')!
      if (namespace !== undefined && objects.get(home, undefined, namespace) === undefined)
        store([{apiVersion: 'v1', kind: 'Namespace', metadata: {name: namespace}, status: {phase: 'Active'}}])
      const {uid = stableUid(kind.plural, namespace, manifest.metadata.name), creationTimestamp = api.stamp()} =
        manifest.metadata
      const metadata = {
        ...(kind.builtin && kind.group === '' ? {} : {generation: 1}),
        ...manifest.metadata,
        uid,
        creationTimestamp,
      }
      objects.put(kind, {...manifest, apiVersion: storageVersion(kind), metadata}, manifest['status'] !== undefined)
    }
  }
  const load = (manifests: readonly KubeObject[]): void => store(structuredClone(manifests))

  serveDefinitions(objects, registry)
  if (restored === undefined) seed({load: store, registry, knative, kafka, layout})
  const cluster = new ClusterView(api, serviceAccount('sandbox'), 'sandbox')
  const loop = new ControllerLoop(
    cluster,
    [
      ...clusterControllers,
      ...(knative ? knativeControllers(config) : []),
      ...(sonataflow === 'none'
        ? []
        : sonataflowControllers({
            generation: sonataflow,
            cluster: layout === 'openshift' ? 'openshift' : 'kubernetes',
          })),
    ],
    delayMs,
  )
  if (restored === undefined) {
    if (sonataflow !== 'none') store(operatorInstallation(sonataflow, layout, sonataflowTag, sonataflowVersion))
    // The operators have done their work before anybody looks.
    store(operatorResources({knative, kafka, layout}))
    loop.drain()
  } else load(restored)

  return {
    client: (user = 'admin') => storeClient(api, userNamed(user), (line) => requests.push(line)),
    load,
    snapshot: () => {
      const key = ({apiVersion, kind, metadata}: KubeObject) =>
        [apiVersion, kind, metadata.namespace ?? '', metadata.name].join('\u0000')
      return structuredClone(objects.all()).sort((a, b) => (key(a) < key(b) ? -1 : 1))
    },
    requests,
    settle: async () => {
      // A turn of the event loop first, so that requests on their way have arrived.
      await new Promise<void>((resolve) => setImmediate(resolve))
      loop.drain()
    },
    compact: () => objects.compact(),
    api,
    note: (request) => void requests.push(request),
  }
}

/** The same for the same object, so that tests can compare whole objects. */
const stableUid = (...parts: (string | undefined)[]): string => {
  let hash = 0x811c9dc5
  const digits = Array.from({length: 4}, (_, round) => {
    for (const letter of `${round}/${parts.join('/')}`) hash = Math.imul(hash ^ letter.charCodeAt(0), 0x01000193)
    return (hash >>> 0).toString(16).padStart(8, '0')
  }).join('')
  return `${digits.slice(0, 8)}-${digits.slice(8, 12)}-4${digits.slice(13, 16)}-a${digits.slice(17, 20)}-${digits.slice(20, 32)}`
}
