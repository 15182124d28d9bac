import {type KubeObject} from '../../../domain/core/object.js'
import {kafkaConfigMaps, type KafkaPart, kafkaWorkloads, workload} from '../shipped.js'

/** Replicas and arguments of workloads, by name. */
export type Adjustments = Readonly<Record<string, {replicas?: number; args?: readonly string[]}>>

/** The manifest of some parts of the Kafka add-on; the ConfigMaps come with the controller. */
export const kafkaManifest = (
  parts: readonly KafkaPart[],
  version: string,
  adjustments: Adjustments = {},
): KubeObject[] => [
  ...(parts.includes('controller') ? kafkaConfigMaps() : []),
  ...parts.flatMap((part) =>
    kafkaWorkloads[part].map(([kind, name]) => workload(kind, name, version, adjustments[name])),
  ),
]
