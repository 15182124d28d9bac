import {type KubeObject} from '../../domain/core/object.js'
import {at, isRecord, listAt, numberAt, recordAt, textAt} from '../../domain/core/read.js'
import {type Column} from '../kinds/kind.js'

/** kubectl's short durations (apimachinery pkg/util/duration/duration.go HumanDuration). */
export const humanDuration = (milliseconds: number): string => {
  const seconds = Math.floor(milliseconds / 1000)
  if (seconds < -1) return '<invalid>'
  if (seconds < 0) return '0s'
  if (seconds < 120) return `${seconds}s`
  const minutes = Math.floor(seconds / 60)
  const pair = (large: number, unit: string, small: number, smallUnit: string) =>
    small === 0 ? `${large}${unit}` : `${large}${unit}${small}${smallUnit}`
  if (minutes < 10) return pair(minutes, 'm', seconds % 60, 's')
  if (minutes < 180) return `${minutes}m`
  const hours = Math.floor(minutes / 60)
  if (hours < 8) return pair(hours, 'h', minutes % 60, 'm')
  if (hours < 48) return `${hours}h`
  const days = Math.floor(hours / 24)
  if (hours < 192) return pair(days, 'd', hours % 24, 'h')
  if (days < 365 * 2) return `${days}d`
  if (days < 365 * 8) return pair(Math.floor(days / 365), 'y', days % 365, 'd')
  return `${Math.floor(days / 365)}y`
}

const step = /\.((?:\\.|[^.[\\])+)|\[\?\(@\.(\w+)==["']([^"']*)["']\)\]/g

/** The JSONPath of printer columns: fields, escaped dots and slashes, and `[?(@.type=="Ready")]`. */
export const columnValue = (object: unknown, path: string): unknown => {
  let here: unknown[] = [object]
  for (const [, field, key, value] of path.matchAll(step))
    here = here.flatMap((item) => {
      if (field !== undefined) {
        const found = isRecord(item) ? item[field.replace(/\\(.)/g, '$1')] : undefined
        return found === undefined ? [] : [found]
      }
      return Array.isArray(item) ? item.filter((entry) => isRecord(entry) && entry[key!] === value) : []
    })
  return here[0]
}

const since = (time: string | undefined, now: Date): string =>
  time === undefined ? '<unknown>' : humanDuration(now.getTime() - Date.parse(time))

const count = (value: unknown) => (isRecord(value) ? Object.keys(value).length : 0)
const words = (list: readonly unknown[]) => (list.length === 0 ? '<none>' : list.join(','))
/** `10.0.0.1,10.0.0.2,10.0.0.3 + 2 more...` (printers.go listWithMoreString) */
const atMostThree = (list: readonly string[]) =>
  list.length === 0
    ? '<unset>'
    : `${list.slice(0, 3).join(',')}${list.length > 3 ? ` + ${list.length - 3} more...` : ''}`
const labels = (map: unknown) =>
  words(Object.entries(isRecord(map) ? map : {}).map(([key, value]) => `${key}=${String(value)}`))

const containers = (object: KubeObject, field: string) =>
  listAt(object, 'spec', 'template', 'spec', 'containers')
    .map((container) => textAt(container, field))
    .join(',')

const lower = (text: string | undefined) => (text === undefined ? '' : text.toLowerCase())

/** Columns that the API server computes for its own kinds (kubernetes pkg/printers/internalversion/printers.go). */
const computed: Record<string, (object: KubeObject, now: Date) => unknown> = {
  'ConfigMap Data': (object) => count(object['data']) + count(object['binaryData']),
  'Secret Data': (object) => count(object['data']),
  'ServiceAccount Secrets': (object) => listAt(object, 'secrets').length,
  'Service Cluster-IP': (object) => textAt(object, 'spec', 'clusterIP') ?? '<none>',
  'Service External-IP': (object) =>
    textAt(object, 'spec', 'type') === 'ExternalName'
      ? textAt(object, 'spec', 'externalName')
      : words(listAt(object, 'spec', 'externalIPs')),
  'Service Port(s)': (object) =>
    words(
      listAt(object, 'spec', 'ports').map((port) => `${numberAt(port, 'port')}/${textAt(port, 'protocol') ?? 'TCP'}`),
    ),
  'Service Selector': (object) => labels(recordAt(object, 'spec', 'selector')),
  'Endpoints Endpoints': (object) =>
    words(
      listAt(object, 'subsets').flatMap((subset) =>
        listAt(subset, 'addresses').flatMap((address) =>
          listAt(subset, 'ports').map((port) => `${textAt(address, 'ip')}:${numberAt(port, 'port')}`),
        ),
      ),
    ),
  'EndpointSlice Ports': (object) =>
    atMostThree(listAt(object, 'ports').map((port) => String(numberAt(port, 'port') ?? textAt(port, 'name') ?? '*'))),
  'EndpointSlice Endpoints': (object) =>
    atMostThree(
      listAt(object, 'endpoints').flatMap((endpoint) =>
        listAt(endpoint, 'addresses').map((address) => (typeof address === 'string' ? address : '')),
      ),
    ),
  'Event Last Seen': (object, now) => since(textAt(object, 'lastTimestamp') ?? textAt(object, 'eventTime'), now),
  'Event First Seen': (object, now) => since(textAt(object, 'firstTimestamp') ?? textAt(object, 'eventTime'), now),
  'Event Object': (object) =>
    `${lower(textAt(object, 'involvedObject', 'kind'))}/${textAt(object, 'involvedObject', 'name') ?? ''}`,
  'Event Subobject': (object) => textAt(object, 'involvedObject', 'fieldPath') ?? '',
  'Event Source': (object) => textAt(object, 'source', 'component') ?? textAt(object, 'reportingComponent') ?? '',
  'Event Count': (object) => String(numberAt(object, 'count') ?? 1),
  'Pod Ready': (object) => {
    const statuses = listAt(object, 'status', 'containerStatuses')
    return `${statuses.filter((status) => isRecord(status) && status['ready'] === true).length}/${listAt(object, 'spec', 'containers').length}`
  },
  'Pod Restarts': (object) =>
    String(
      listAt(object, 'status', 'containerStatuses').reduce<number>(
        (sum, status) => sum + (numberAt(status, 'restartCount') ?? 0),
        0,
      ),
    ),
  'Deployment Ready': (object) =>
    `${numberAt(object, 'status', 'readyReplicas') ?? 0}/${numberAt(object, 'spec', 'replicas') ?? 1}`,
  'StatefulSet Ready': (object) =>
    `${numberAt(object, 'status', 'readyReplicas') ?? 0}/${numberAt(object, 'spec', 'replicas') ?? 1}`,
  'Deployment Containers': (object) => containers(object, 'name'),
  'Deployment Images': (object) => containers(object, 'image'),
  'Deployment Selector': (object) => labels(recordAt(object, 'spec', 'selector', 'matchLabels')),
  'StatefulSet Containers': (object) => containers(object, 'name'),
  'StatefulSet Images': (object) => containers(object, 'image'),
  'PodDisruptionBudget Min Available': (object) => String(at(object, 'spec', 'minAvailable') ?? 'N/A'),
  'PodDisruptionBudget Max Unavailable': (object) => String(at(object, 'spec', 'maxUnavailable') ?? 'N/A'),
  'HorizontalPodAutoscaler Reference': (object) =>
    `${textAt(object, 'spec', 'scaleTargetRef', 'kind') ?? ''}/${textAt(object, 'spec', 'scaleTargetRef', 'name') ?? ''}`,
  'HorizontalPodAutoscaler MinPods': (object) => String(numberAt(object, 'spec', 'minReplicas') ?? '<unset>'),
  'NetworkPolicy Pod-Selector': (object) => labels(recordAt(object, 'spec', 'podSelector', 'matchLabels')),
  'Job Completions': (object) =>
    `${numberAt(object, 'status', 'succeeded') ?? 0}/${numberAt(object, 'spec', 'completions') ?? 1}`,
}

/** One cell of the server-side Table; `null` where a custom resource has no such value. */
export const cell = (object: KubeObject, column: Column, builtin: boolean, now: Date): unknown => {
  if (column.jsonPath === '') return computed[`${object.kind} ${column.name}`]?.(object, now) ?? '<none>'
  const value = columnValue(object, column.jsonPath)
  if (column.name === 'Age') return typeof value === 'string' ? since(value, now) : '<unknown>'
  if (value === undefined) return builtin ? (column.type === 'integer' ? 0 : '<none>') : null
  return typeof value === 'object' ? JSON.stringify(value) : value
}
