import {type KubeObject} from '../../src/domain/core/object.js'
import {ENDPOINT_SLICE, SERVICE_NAME} from '../../src/domain/sonataflow/names.js'

/** One address that is ready behind a Service, as an EndpointSlice that somebody wrote by hand. */
export const anEndpointSlice = (
  service: string,
  namespace: string,
  {address = '10.0.0.1', port = 5432}: {address?: string; port?: number} = {},
): KubeObject => ({
  ...ENDPOINT_SLICE,
  metadata: {name: `${service}-by-hand`, namespace, labels: {[SERVICE_NAME]: service}},
  addressType: 'IPv4',
  endpoints: [{addresses: [address], conditions: {ready: true}}],
  ports: [{name: '', port, protocol: 'TCP'}],
})
