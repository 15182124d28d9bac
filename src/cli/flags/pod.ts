import * as Flags from '@oclif/core/flags'
import type {ConfigureOptions} from '../../domain/sonataflow/services/configure.js'

const helpGroup = 'POD'
const repeatable = {helpGroup, multiple: true, multipleNonGreedy: true} as const

/** What the pods of a service are made of (OpenShift Serverless Logic, "Advanced supporting services configurations"). */
export const podFlags = {
  replicas: Flags.integer({
    helpGroup,
    helpValue: 'N',
    summary: 'Pods of the service; Job Service always runs once, or not at all.',
  }),
  image: Flags.string({
    helpGroup,
    helpValue: 'IMAGE',
    summary: "Image of the service; empty for the operator's own, which upgrades replace.",
  }),
  env: Flags.string({
    ...repeatable,
    helpValue: 'NAME=VALUE',
    summary: 'Environment variable; NAME- takes it away (repeatable).',
  }),
  request: Flags.string({
    ...repeatable,
    helpValue: 'RESOURCE=AMOUNT',
    summary: 'Resource request such as cpu=250m; cpu- takes it away (repeatable).',
  }),
  limit: Flags.string({
    ...repeatable,
    helpValue: 'RESOURCE=AMOUNT',
    summary: 'Resource limit such as memory=2Gi; memory- takes it away (repeatable).',
  }),
  'init-container-file': Flags.string({
    helpGroup,
    helpValue: 'FILE',
    summary: 'YAML or JSON with a container, or several, that run before the service; - for stdin.',
  }),
  'pdb-min-available': Flags.string({
    helpGroup,
    helpValue: 'N',
    summary: 'Pods, or percentage, that evictions leave running; empty to take it away. Data Index only.',
  }),
  'pdb-max-unavailable': Flags.string({
    helpGroup,
    helpValue: 'N',
    summary: 'Pods, or percentage, that evictions may stop at once; empty to take it away. Data Index only.',
  }),
}

/** What those flags say, as the domain takes it; the file is read elsewhere. */
export const podOptions = (flags: {
  replicas?: number | undefined
  image?: string | undefined
  env?: string[] | undefined
  request?: string[] | undefined
  limit?: string[] | undefined
  'pdb-min-available'?: string | undefined
  'pdb-max-unavailable'?: string | undefined
}): ConfigureOptions => ({
  replicas: flags.replicas,
  image: flags.image,
  env: flags.env,
  request: flags.request,
  limit: flags.limit,
  pdbMinAvailable: flags['pdb-min-available'],
  pdbMaxUnavailable: flags['pdb-max-unavailable'],
})
