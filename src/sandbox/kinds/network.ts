import {type KindInfo, kindOf} from './kind.js'
import {envelope, free, listOf, mapOf, object, text} from './schema.js'

/** Who may talk to whom; the sandbox has no network and keeps them only. */
export const networkKinds: readonly KindInfo[] = [
  kindOf({
    group: 'networking.k8s.io',
    versions: ['v1'],
    kind: 'NetworkPolicy',
    plural: 'networkpolicies',
    shortNames: ['netpol'],
    builtin: true,
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
