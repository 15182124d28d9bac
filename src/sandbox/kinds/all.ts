import {rowOf} from '../../domain/kinds/registry.js'
import {coreKinds, workloadKinds} from './core.js'
import {eventingKinds, messagingKinds} from './eventing.js'
import {type KindInfo} from './kind.js'
import {knativeKafka, openshiftKnativeEventing, upstreamKnativeEventing} from './operators.js'
import {networkKinds} from './network.js'
import {scalingKinds} from './scaling.js'
import {type SonataFlowGeneration, sonataflowKinds} from './sonataflow.js'
import {servingKinds, sourceKinds} from './sources.js'

/** What is installed on the cluster that the sandbox plays; what is left out is not served at all. */
export interface Installed {
  /** Knative Eventing and Serving. Default: true. */
  knative?: boolean
  /** The Kafka broker, channel, sink and source. Default: true. */
  kafka?: boolean
  /** SonataFlow and its operator: the generation of its kinds. Default: newest. */
  sonataflow?: SonataFlowGeneration | 'none'
  /** Tag of the SonataFlow operator's image, after which the migration Job is named. Default: 1.38.0, or 1.35.0 in Nov 2024. */
  sonataflowTag?: string
  /** The version that is compiled into that operator, where it is not the tag of its image. */
  sonataflowVersion?: string
}

/**
 * Who installed Knative:
 * - `knative`: somebody applied the release files; there are only ConfigMaps.
 * - `operator`: the operator of knative.dev runs, and a KnativeEventing is there; Kafka came from release files.
 * - `openshift`: OpenShift Serverless, with a KnativeEventing and a KnativeKafka that has the broker enabled.
 */
export type Layout = (typeof layouts)[number]
export const layouts = ['knative', 'operator', 'openshift'] as const

const knativeKinds: readonly KindInfo[] = [...eventingKinds, ...messagingKinds, ...sourceKinds, ...servingKinds]

/** What the Kafka add-on brings along. */
export const kafkaKinds: readonly KindInfo[] = knativeKinds.filter(
  ({group, kind}) => rowOf({apiVersion: `${group}/v1`, kind})?.from === 'kafka',
)

const operatorKinds: Readonly<Record<Layout, readonly KindInfo[]>> = {
  knative: [],
  operator: [upstreamKnativeEventing],
  openshift: [openshiftKnativeEventing, knativeKafka],
}

/** Every kind that is served from the start. A new family of kinds is one more list here. */
export const installedKinds = (
  {knative = true, kafka = true, sonataflow = 'newest'}: Installed,
  layout: Layout = 'knative',
): readonly KindInfo[] => [
  ...coreKinds,
  ...workloadKinds,
  ...scalingKinds,
  ...networkKinds,
  ...(knative ? knativeKinds.filter((kind) => kafka || !kafkaKinds.includes(kind)) : []),
  ...operatorKinds[layout],
  ...(sonataflow === 'none' ? [] : sonataflowKinds(sonataflow)),
]
