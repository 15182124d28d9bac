import {SYSTEM_NAMESPACE} from '../../../src/domain/eventing/names.js'
import {type KubeObject, refOf} from '../../../src/domain/core/object.js'
import {type Layout} from '../../../src/sandbox/kinds/all.js'
import {createSandbox} from '../../../src/sandbox/sandbox.js'
import {type AdminApi} from './admin-api.js'
import {draftOf} from './draft.js'
import {write} from './hand-played-operator.js'
import {bring, RESOURCES} from './installation.js'

/**
 * Plays the operators behind KnativeEventing and KnativeKafka on a real API server that has none: their resources and
 * ConfigMaps go into a throw-away sandbox of the same layout, and what its stand-ins write is written back.
 */
export interface HandPlayedInstallers {
  /** Resolves when the system namespace is as the operators would leave it. */
  settle(): Promise<void>
  close(): Promise<void>
}

export const handPlayedInstallers = (api: AdminApi, layout: Layout): HandPlayedInstallers => {
  let running: Promise<boolean> = Promise.resolve(false)
  let next: Promise<boolean> | undefined
  let closed = false
  /** One play at a time; who comes while one is still to begin shares it. */
  const playNext = (): Promise<boolean> => {
    next ??= running.then(() => {
      next = undefined
      const playing = closed ? Promise.resolve(false) : play(api, layout)
      running = playing.catch(() => false)
      return playing
    })
    return next
  }
  /** Somebody may change something while it is looked at; then it is looked at again. */
  const persist = async (attempts = 5): Promise<boolean> => {
    try {
      return await playNext()
    } catch (error) {
      if (attempts === 1) throw error
      await new Promise((resolve) => setTimeout(resolve, 100))
      return persist(attempts - 1)
    }
  }
  // settle() is where failures count.
  const heard = (): void => void persist().catch(() => {})
  for (const kind of [...RESOURCES, CONFIG_MAP])
    api.watch(kind, ({metadata}) => (metadata.namespace === SYSTEM_NAMESPACE ? heard() : undefined))
  return {
    async settle() {
      while (await persist());
    },
    async close() {
      closed = true
      await running
    },
  }
}

const CONFIG_MAP = {apiVersion: 'v1', kind: 'ConfigMap'}

const isGoing = ({metadata}: KubeObject): boolean => metadata.deletionTimestamp !== undefined

/** Does once what the operators would do; answers whether anything was changed. */
const play = async (api: AdminApi, layout: Layout): Promise<boolean> => {
  const [configMaps, ...lists] = await Promise.all(
    [CONFIG_MAP, ...RESOURCES].map((kind) => api.list(kind, SYSTEM_NAMESPACE)),
  )
  const resources = lists.flat()
  const expected = await imagine(
    layout,
    resources.filter((resource) => !isGoing(resource)),
    configMaps ?? [],
  )
  let changed = false
  for (const resource of resources) {
    const same = expected.find(({kind}) => kind === resource.kind)
    if (isGoing(resource)) {
      await api.release(refOf(resource))
      changed = true
    } else if (same !== undefined) changed = (await write(api, resource, same)) || changed
  }
  const written = expected.filter(
    ({kind, metadata}) =>
      metadata.namespace === SYSTEM_NAMESPACE && ['ConfigMap', 'Deployment', 'StatefulSet', 'Pod'].includes(kind),
  )
  return (await bring(api, written, true)) || changed
}

/** What the sandbox's operators make of these resources and ConfigMaps. */
const imagine = async (
  layout: Layout,
  resources: readonly KubeObject[],
  configMaps: readonly KubeObject[],
): Promise<KubeObject[]> => {
  const sandbox = createSandbox({layout})
  const admin = sandbox.client()
  const names = new Set(resources.map(({kind}) => kind))
  for (const kind of RESOURCES.toReversed()) {
    const [resource] = sandbox.snapshot().filter((object) => object.kind === kind.kind)
    if (resource !== undefined && !names.has(kind.kind)) await admin.delete(refOf(resource))
  }
  await sandbox.settle()
  const identified = (object: KubeObject): KubeObject => {
    const {uid = '', generation, finalizers} = object.metadata
    const draft = draftOf(object)
    return {
      ...draft,
      metadata: {
        ...draft.metadata,
        uid,
        ...(generation === undefined ? {} : {generation}),
        ...(finalizers === undefined ? {} : {finalizers}),
      },
    }
  }
  sandbox.load(configMaps.map(identified))
  sandbox.load(resources.map(identified))
  await sandbox.settle()
  return sandbox.snapshot()
}
