import {NETWORK_POLICY} from '../../domain/kinds/names.js'
import {type KindInfo, served} from './kind.js'
import {envelope, free, listOf, mapOf, object, text} from './schema.js'

/** Who may talk to whom; the sandbox has no network and keeps them only. */
export const networkKinds: readonly KindInfo[] = [
  served(NETWORK_POLICY, {
    columns: [
      {name: 'Pod-Selector', type: 'string', jsonPath: ''},
      {name: 'Age', type: 'string', jsonPath: '.metadata.creationTimestamp'},
    ],
    schema: envelope({
      spec: object({
        podSelector: object({matchLabels: mapOf(text), matchExpressions: listOf(free)}),
        policyTypes: listOf(text),
        ingress: listOf(free),
        egress: listOf(free),
      }),
    }),
  }),
]
