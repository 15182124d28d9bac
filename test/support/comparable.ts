import type {KubeObject} from '../../src/domain/core/object.js'
import {isRecord} from '../../src/domain/core/read.js'

/** Fields that no two clusters share, or that tell how often and when something was written. */
const OWN: ReadonlySet<string> = new Set([
  'uid',
  'resourceVersion',
  'generation',
  'observedGeneration',
  'managedFields',
  'creationTimestamp',
  'lastTransitionTime',
  'lastUpdateTime',
  'lastProbeTime',
  'startTime',
  'completionTime',
])

const UID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g

const comparable = (value: unknown, tidy: (text: string) => string): unknown => {
  if (typeof value === 'string')
    return tidy(value)
      .replace(/10\.96\.\d+\.\d+/g, 'IP')
      .replace(UID, 'UID')
      .replace(/[0-9a-f]{32,37}\b/g, 'HASH')
  if (Array.isArray(value)) return value.map((one) => comparable(one, tidy))
  if (!isRecord(value)) return value
  const kept = Object.entries(value).filter(([key]) => !OWN.has(key))
  return Object.fromEntries(kept.map(([key, one]) => [tidy(key), comparable(one, tidy)]))
}

/** The objects of two clusters that were made in the same way, in an order of their own, so that toEqual shows what differs. */
export const comparableObjects = (
  objects: readonly KubeObject[],
  tidy: (text: string) => string = (text) => text,
): Record<string, unknown> => {
  const named = objects
    .filter(({kind}) => kind !== 'Event')
    .map((object): [string, unknown] => {
      const {apiVersion, kind, metadata} = object
      const name = comparable(metadata.name, tidy)
      return [`${apiVersion} ${kind} ${tidy(metadata.namespace ?? '')}/${String(name)}`, comparable(object, tidy)]
    })
  return Object.fromEntries(named.toSorted(([a], [b]) => (a < b ? -1 : 1)))
}
