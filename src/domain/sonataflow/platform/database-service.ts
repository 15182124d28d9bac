import {type KubeObject} from '../../core/object.js'
import {at, listAt, numberAt} from '../../core/read.js'
import {isFound, type Lookup} from '../../core/seen.js'
import {type DatabaseService} from './facts.js'

/**
 * Addresses of EndpointSlices that take connections. One that does not say whether it is ready is
 * (https://kubernetes.io/docs/concepts/services-networking/endpoint-slices/, "Conditions").
 */
export const readyAddresses = (slices: readonly KubeObject[]): number =>
  slices
    .flatMap((slice) => listAt(slice, 'endpoints'))
    .filter((endpoint) => at(endpoint, 'conditions', 'ready') !== false)
    .reduce<number>((sum, endpoint) => sum + listAt(endpoint, 'addresses').length, 0)

/** A Service with a database behind it, by the EndpointSlices that bear its name. */
export const databaseServiceOf = (
  service: Lookup<KubeObject>,
  slices: Lookup<readonly KubeObject[]>,
): Lookup<DatabaseService> =>
  isFound(service)
    ? {
        ports: listAt(service, 'spec', 'ports').flatMap((port) => numberAt(port, 'port') ?? []),
        readyAddresses: isFound(slices) ? readyAddresses(slices) : undefined,
      }
    : service
