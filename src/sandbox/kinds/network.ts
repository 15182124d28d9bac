import {ENDPOINT_SLICE, NETWORK_POLICY} from '../../domain/kinds/names.js'
import {type Column, type KindInfo, served} from './kind.js'
import {envelope, flag, free, int, listOf, mapOf, object, text} from './schema.js'

const age: Column = {name: 'Age', type: 'string', jsonPath: '.metadata.creationTimestamp'}

/** Who may talk to whom, and where. The sandbox has no network: policies are kept only, and slices tell what is ready. */
export const networkKinds: readonly KindInfo[] = [
  served(NETWORK_POLICY, {
    columns: [{name: 'Pod-Selector', type: 'string', jsonPath: ''}, age],
    schema: envelope({
      spec: object({
        podSelector: object({matchLabels: mapOf(text), matchExpressions: listOf(free)}),
        policyTypes: listOf(text),
        ingress: listOf(free),
        egress: listOf(free),
      }),
    }),
  }),
  served(ENDPOINT_SLICE, {
    columns: [
      {name: 'AddressType', type: 'string', jsonPath: '.addressType'},
      {name: 'Ports', type: 'string', jsonPath: ''},
      {name: 'Endpoints', type: 'string', jsonPath: ''},
      age,
    ],
    schema: envelope({
      addressType: text,
      endpoints: listOf(
        object({
          addresses: listOf(text),
          conditions: object({ready: flag, serving: flag, terminating: flag}),
          hostname: text,
          nodeName: text,
          targetRef: free,
          zone: text,
          hints: free,
          deprecatedTopology: mapOf(text),
        }),
      ),
      ports: listOf(object({name: text, port: int, protocol: text, appProtocol: text})),
    }),
  }),
]
