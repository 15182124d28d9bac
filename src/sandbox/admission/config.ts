import {parse} from 'yaml'
import {textsAt} from '../../domain/core/read.js'
import {type BrokerDefaults, readBrokerDefaults} from '../../domain/eventing/cluster-defaults/broker-defaults.js'
import {type Features, readFeatures} from '../../domain/eventing/features.js'
import {type KindInfo} from '../kinds/kind.js'
import {type Objects} from '../store/objects.js'

export const systemNamespace = 'knative-eventing'

/** Reads the ConfigMaps that steer Knative Eventing, as its webhook and controllers see them. */
export class EventingConfig {
  constructor(
    private readonly objects: Objects,
    private readonly configMap: KindInfo,
  ) {}

  data(namespace: string, name: string): Record<string, string> | undefined {
    const found = this.objects.get(this.configMap, namespace, name)
    return found === undefined ? undefined : textsAt(found, 'data')
  }

  /** No ConfigMap or broken YAML counts as no defaults: the real webhook keeps its last good value, which is lost here. */
  brokerDefaults(): BrokerDefaults {
    return readBrokerDefaults(readYaml(this.data(systemNamespace, 'config-br-defaults')?.['default-br-config']))
  }

  features(): Features {
    return readFeatures(this.data(systemNamespace, 'config-features') ?? {})
  }
}

// The same few texts are read for every write.
const read = new Map<string, unknown>()
const remembered = 50

/** `undefined` for what is no YAML. */
export const readYaml = (text: string | undefined): unknown => {
  if (text === undefined) return undefined
  if (read.has(text)) return read.get(text)
  let value: unknown
  try {
    value = parse(text)
  } catch {
    value = undefined
  }
  if (read.size >= remembered) read.clear()
  read.set(text, value)
  return value
}
