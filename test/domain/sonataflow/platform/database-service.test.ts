import {describe, expect, test} from 'vitest'
import {type KubeObject} from '../../../../src/domain/core/object.js'
import {type Lookup} from '../../../../src/domain/core/seen.js'
import {ENDPOINT_SLICE} from '../../../../src/domain/sonataflow/names.js'
import {databaseServiceOf, readyAddresses} from '../../../../src/domain/sonataflow/platform/database-service.js'

const slice = (...endpoints: unknown[]): KubeObject => ({
  ...ENDPOINT_SLICE,
  metadata: {name: 'pg-x2x5p', namespace: 'demo'},
  addressType: 'IPv4',
  endpoints,
})
const endpoint = (conditions?: unknown, ...addresses: string[]) => ({
  addresses: addresses.length === 0 ? ['10.0.0.1'] : addresses,
  ...(conditions === undefined ? {} : {conditions}),
})

describe('addresses that take connections are counted over all slices of a Service', () => {
  test.each<[string, readonly KubeObject[], number]>([
    ['without a slice there are none', [], 0],
    ['a slice may be empty', [slice()], 0],
    ['what the server leaves out is empty as well', [{...ENDPOINT_SLICE, metadata: {name: 'pg'}, endpoints: null}], 0],
    ['ready ones count', [slice(endpoint({ready: true}))], 1],
    ['ones that are not ready do not', [slice(endpoint({ready: false, serving: true, terminating: true}))], 0],
    ['who does not say whether it is ready is', [slice(endpoint(), endpoint({}), endpoint({ready: null}))], 3],
    ['an endpoint may have several addresses', [slice(endpoint({ready: true}, '10.0.0.1', '10.0.0.2'))], 2],
    ['a Service may have several slices', [slice(endpoint({ready: true})), slice(endpoint({ready: true}))], 2],
  ])('%s', (_what, slices, count) => {
    expect(readyAddresses(slices)).toBe(count)
  })
})

const service: KubeObject = {
  apiVersion: 'v1',
  kind: 'Service',
  metadata: {name: 'pg', namespace: 'demo'},
  spec: {ports: [{port: 5432}, {name: 'metrics', port: 9187}]},
}

describe('a Service with a database behind it', () => {
  test('has its ports, and the addresses of its slices', () => {
    expect(databaseServiceOf(service, [slice(endpoint({ready: true}))])).toEqual({
      ports: [5432, 9187],
      readyAddresses: 1,
    })
  })

  test.each<Lookup<readonly KubeObject[]>>(['forbidden', 'absent'])(
    'is not called empty when its slices are %s to us, or are not served by an old server',
    (slices) => {
      expect(databaseServiceOf(service, slices)).toEqual({ports: [5432, 9187], readyAddresses: undefined})
    },
  )

  test.each<Lookup<KubeObject>>(['forbidden', 'absent'])('is %s when the Service is', (found) => {
    expect(databaseServiceOf(found, [])).toBe(found)
  })
})
