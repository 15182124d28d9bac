import {
  API_SERVER_SOURCE,
  BROKER,
  CHANNEL,
  CONFIG_MAP,
  CONTAINER_SOURCE,
  DEPLOYMENT,
  IN_MEMORY_CHANNEL,
  KAFKA_CHANNEL,
  KAFKA_SINK,
  KAFKA_SOURCE,
  KNATIVE_EVENTING,
  KNATIVE_KAFKA,
  KNATIVE_SERVICE,
  NAMESPACE,
  PARALLEL,
  PING_SOURCE,
  SEQUENCE,
  SERVICE,
  SINK_BINDING,
  STATEFUL_SET,
  SUBSCRIPTION,
  SYSTEM_NAMESPACE,
  TRIGGER,
} from '../../eventing/names.js'
import {type Kind} from '../../core/object.js'
import {AUTOSCALER, CLUSTER_PLATFORM, JOB, PLATFORM, WORKFLOW} from '../../sonataflow/names.js'

/** Sources that are looked at; SinkBindings stand beside them. */
export const sourceKinds: readonly Kind[] = [API_SERVER_SOURCE, CONTAINER_SOURCE, KAFKA_SOURCE, PING_SOURCE]

/** Channels that are there in their own right or behind a Channel. */
export const realChannelKinds: readonly Kind[] = [IN_MEMORY_CHANNEL, KAFKA_CHANNEL]

/** One list each: of the namespace that is looked at, or of all. */
export const scopedKinds: readonly Kind[] = [
  BROKER,
  TRIGGER,
  CHANNEL,
  ...realChannelKinds,
  SUBSCRIPTION,
  ...sourceKinds,
  SINK_BINDING,
  KAFKA_SINK,
  SEQUENCE,
  PARALLEL,
  SERVICE,
  KNATIVE_SERVICE,
  PLATFORM,
  WORKFLOW,
  JOB,
  AUTOSCALER,
]

/** What people make themselves: these are judged and drawn, whatever else is looked at for their sake. */
export const ownKinds: readonly Kind[] = [
  BROKER,
  TRIGGER,
  CHANNEL,
  SUBSCRIPTION,
  ...sourceKinds,
  SINK_BINDING,
  PLATFORM,
  WORKFLOW,
]

/** Beside the namespace that is looked at, the one where Knative Eventing lives. */
export const systemKinds: readonly Kind[] = [CONFIG_MAP, DEPLOYMENT]

/** Only where Knative Eventing lives. */
export const onlySystemKinds: readonly Kind[] = [STATEFUL_SET, KNATIVE_EVENTING, KNATIVE_KAFKA]

/** Without a namespace. */
export const clusterKinds: readonly Kind[] = [CLUSTER_PLATFORM, NAMESPACE]

export const SYSTEM = SYSTEM_NAMESPACE

/** What a manifest is listed under when it has no namespace of its own kind. */
export const isClusterScoped = ({kind}: Kind): boolean =>
  ['Namespace', 'CustomResourceDefinition', 'SonataFlowClusterPlatform'].includes(kind)
