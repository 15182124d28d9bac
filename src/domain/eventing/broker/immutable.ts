import {type Finding} from '../../findings/finding.js'
import {finding} from '../../findings/catalogue.js'
import {type KubeObject} from '../../core/object.js'
import {at} from '../../core/read.js'
import {printBrokerConfig, readConfigReference, type ConfigReference} from './config.js'
import {sfl} from '../../core/commands.js'
import {BROKER_CLASS, brokerRef} from '../names.js'

const sameConfig = (one: ConfigReference, other: ConfigReference | undefined, namespace: string): boolean =>
  other !== undefined &&
  one.apiVersion === other.apiVersion &&
  one.kind === other.kind &&
  one.name === other.name &&
  (one.namespace ?? namespace) === (other.namespace ?? namespace)

/** What was asked for and cannot be changed in an existing broker, each with the plan to recreate it. */
export const immutableFindings = (
  broker: KubeObject,
  wanted: {className?: string; config?: ConfigReference},
): Finding[] => {
  const {name, namespace = ''} = broker.metadata
  const object = brokerRef(name, namespace)
  const className = broker.metadata.annotations?.[BROKER_CLASS]
  const config = readConfigReference(at(broker, 'spec', 'config'))
  const changedClass = wanted.className !== undefined && wanted.className !== className
  const changedConfig = wanted.config !== undefined && !sameConfig(wanted.config, config, namespace)
  if (!changedClass && !changedConfig) return []

  const keptClass = wanted.className ?? className
  const keptConfig = wanted.config ?? (changedClass ? undefined : config)
  const recreate = [
    sfl('broker describe', name, '-n', namespace),
    sfl('broker delete', name, '-n', namespace, '--yes'),
    sfl(
      'broker create',
      name,
      '-n',
      namespace,
      ...(keptClass === undefined ? [] : ['--class', keptClass]),
      ...(keptConfig === undefined ? [] : ['--broker-config', printBrokerConfig(keptConfig, namespace)]),
    ),
  ]
  const what = [
    ...(changedClass ? [`class (${className ?? 'none'}, not ${wanted.className})`] : []),
    ...(changedConfig
      ? [
          `config (${config === undefined ? 'none' : printBrokerConfig(config, namespace)}, not ${printBrokerConfig(wanted.config!, namespace)})`,
        ]
      : []),
  ]
  return [
    finding('SFL-B10', {
      object,
      message: `${what.join(' and ')} of broker ${name} cannot be changed; it must be deleted and recreated, with its delivery settings, and events that it still holds are lost`,
      repair: recreate,
    }),
  ]
}
