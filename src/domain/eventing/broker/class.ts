import {type Finding} from '../../findings/finding.js'
import {finding} from '../../findings/catalogue.js'
import {type Ref} from '../../core/object.js'
import {didYouMean} from '../../core/suggest.js'
import {type Deployments} from './facts.js'
import {isFound, type Lookup} from '../../core/seen.js'
import {kubectl, sfl} from '../../core/commands.js'
import {BrokerClass, SYSTEM_NAMESPACE, brokerClasses, isKafkaClass} from '../names.js'
import {suggestions} from '../../core/suggest.js'

const isKnownClass = (className: string): boolean => brokerClasses.some((known) => known === className)

/** A class that no known controller handles. */
export const classFindings = (broker: Ref, className: string | undefined): Finding[] => {
  if (className === undefined || isKnownClass(className)) return []
  const near = didYouMean(className, brokerClasses)
  const [nearest] = suggestions(className, brokerClasses)
  return [
    finding('SFL-B02', {
      object: broker,
      message: `no known controller handles class "${className}"; ${near === undefined ? 'classes' : `${near} Classes`} are case-sensitive: ${brokerClasses.join(', ')}`,
      ...(nearest === undefined
        ? {}
        : {repair: sfl('broker create', broker.name, '-n', broker.namespace ?? '', '--class', nearest)}),
    }),
  ]
}

/** Deployments that must be running for a broker of a class; KafkaNamespaced gets receivers of its own. */
const dataPlane: Readonly<Record<string, readonly string[]>> = {
  [BrokerClass.Kafka]: ['kafka-controller', 'kafka-broker-receiver'],
  [BrokerClass.KafkaNamespaced]: ['kafka-controller'],
  [BrokerClass.MTChannelBased]: ['mt-broker-controller', 'mt-broker-ingress', 'mt-broker-filter'],
  [BrokerClass.RabbitMQ]: ['rabbitmq-broker-controller'],
}

/** Every Deployment that brokers of some class need. */
export const planeDeployments: ReadonlySet<string> = new Set(Object.values(dataPlane).flat())

/** Which of these Deployments are missing or idle, in words; `undefined` when all of them have a ready pod. */
export const notRunning = (needed: readonly string[], deployments: Deployments): string | undefined => {
  const gone = needed.filter((name) => deployments[name] === undefined)
  const idle = needed.filter((name) => deployments[name] === 0)
  if (gone.length + idle.length === 0) return undefined
  return [
    ...(gone.length > 0 ? [`${gone.join(', ')} ${gone.length === 1 ? 'does' : 'do'} not exist`] : []),
    ...(idle.length > 0 ? [`${idle.join(', ')} ${idle.length === 1 ? 'has' : 'have'} no ready pod`] : []),
  ].join(' and ')
}

/** What keeps the data plane of a class from working, in words. */
export const dataPlaneFault = (className: string, deployments: Deployments): string | undefined =>
  notRunning(Object.hasOwn(dataPlane, className) ? (dataPlane[className] ?? []) : [], deployments)

/** Controllers and data plane of the class, by the ready replicas of their Deployments. */
export const dataPlaneFindings = (
  broker: Ref,
  className: string | undefined,
  deployments: Lookup<Deployments>,
): Finding[] => {
  const needed = className !== undefined && Object.hasOwn(dataPlane, className) ? (dataPlane[className] ?? []) : []
  if (needed.length === 0) return []
  if (!isFound(deployments))
    return [
      finding('SFL-B11', {
        object: broker,
        message: `the data plane of class ${className} was not checked: the Deployments of namespace ${SYSTEM_NAMESPACE} could not be read`,
      }),
    ]
  const idle = notRunning(needed, deployments)
  if (idle === undefined) return []
  return [
    finding('SFL-B08', {
      object: broker,
      message: `class ${className} has no working data plane: in namespace ${SYSTEM_NAMESPACE}, ${idle}`,
      repair: isKafkaClass(className)
        ? kubectl(
            '-n',
            SYSTEM_NAMESPACE,
            'get',
            'deployments,pods',
            '-l',
            'app in (kafka-controller, kafka-broker-receiver, kafka-broker-dispatcher)',
          )
        : kubectl('-n', SYSTEM_NAMESPACE, 'get', 'deployments', ...needed),
    }),
  ]
}

/** Names that the server takes and that will not work. */
export const nameFindings = (broker: Ref, className: string | undefined): Finding[] => {
  if (broker.name.length > 63)
    return [
      finding('SFL-B16', {
        object: broker,
        message: `broker name has ${broker.name.length} characters: the server takes it, but no trigger can be attached, because its name goes into a label of at most 63`,
      }),
    ]
  if (className === BrokerClass.MTChannelBased && (/\./.test(broker.name) || /^\d/.test(broker.name)))
    return [
      finding('SFL-B17', {
        object: broker,
        message: `a Service is named after channel-based broker ${broker.name}, and a Service's name begins with a letter and has no dots`,
      }),
    ]
  return []
}
