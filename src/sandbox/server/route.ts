import {type KindRegistry} from '../kinds/kind.js'
import {pathNotFound} from '../store/fault.js'
import {type Target} from '../store/request.js'

/** A path below `/api/v1` or `/apis/GROUP/VERSION`, taken apart. */
export interface ResourcePath {
  group: string
  version: string
  namespace: string | undefined
  plural: string
  name: string | undefined
  subresource: string | undefined
  /** The old form `/api/v1/watch/…`. */
  watch: boolean
}

export const resourcePath = (path: string): ResourcePath | undefined => {
  const steps = path
    .split('/')
    .filter((step) => step !== '')
    .map(decodeURIComponent)
  const core = steps[0] === 'api'
  if (!core && steps[0] !== 'apis') return undefined
  const [group, version] = core ? ['', steps[1]] : [steps[1], steps[2]]
  let rest = steps.slice(core ? 2 : 3)
  if (group === undefined || version === undefined || rest.length === 0) return undefined
  const watch = rest[0] === 'watch'
  if (watch) rest = rest.slice(1)
  const inside = rest[0] === 'namespaces' && rest.length > 2 && !['status', 'finalize'].includes(rest[2]!)
  const namespace = inside ? rest[1] : undefined
  const [plural, name, subresource] = inside ? rest.slice(2) : rest
  if (plural === undefined) return undefined
  return {group, version, namespace, plural, name, subresource, watch}
}

/** What the path is about; 404 when it is not served. */
export const targetOf = (registry: KindRegistry, path: ResourcePath): Target => {
  const kind = registry.byPlural(path.group, path.version, path.plural)
  if (kind === undefined) throw pathNotFound()
  const {subresource} = path
  if (subresource !== undefined && !(subresource === 'status' && kind.status)) throw pathNotFound()
  if (kind.namespaced && path.name !== undefined && path.namespace === undefined) throw pathNotFound()
  return {
    kind,
    version: path.version,
    namespace: kind.namespaced ? path.namespace : undefined,
    name: path.name,
    ...(subresource === undefined ? {} : {subresource: 'status' as const}),
  }
}
