import {type Finding} from '../../findings/finding.js'
import {finding} from '../../findings/catalogue.js'
import {type Kind, type Manifest, type Ref} from '../../core/object.js'
import {at, type Fields} from '../../core/read.js'
import {type ResolvedSink} from '../broker/facts.js'
import {isFound} from '../../core/seen.js'
import {channelFaults, kafkaChannelSpecFaults} from './admission.js'
import {defaultTemplate, readChannelTemplate, type ChannelTemplateSpec} from './defaults.js'
import {type ChannelClusterFacts} from './facts.js'
import {type ChannelRequest} from './options.js'
import {formatFindings, planeFindings, planeOf, planeWord} from './plane.js'
import {isKafkaChannel, printChannelType} from './type.js'
import {kubectl, sfl} from '../../core/commands.js'
import {deliverySpec, readDeliverySpec} from '../delivery/delivery.js'
import {deliveryFindings, sinkFindings} from '../delivery/preflight.js'
import {permissiveFeatures} from '../features.js'
import {renderFaults, via} from '../../core/field-faults.js'
import {CHANNEL, CHANNEL_DEFAULTS, CHANNEL_DEFAULTS_KEY, CONFIG_MAP, SYSTEM_NAMESPACE, channelRef} from '../names.js'

/** What a stored channel fixes: an apply has to state it again. */
export interface FixedSpec {
  channelTemplate?: ChannelTemplateSpec
  delivery?: Fields
}

/** A channel as it should be sent, and everything that can be said about it beforehand. */
export interface ChannelPreflight {
  manifest: Manifest
  /** Findings that `--force` may pass over. */
  findings: Finding[]
  /** Findings about what the server itself would refuse. */
  refused: Finding[]
}

/** Works out the type as the cluster would (default-ch-webhook) and judges the result. */
export const judgeChannel = (
  request: ChannelRequest,
  facts: ChannelClusterFacts,
  sink: ResolvedSink | undefined,
  fixed: FixedSpec = {},
): ChannelPreflight => {
  const ref = channelRef(request.name, request.namespace)
  const template = templateOf(request) ?? fixed.channelTemplate
  const wanted = deliverySpec(request.delivery, sink?.destination)
  const delivery = Object.keys(wanted).length > 0 ? {...wanted} : fixed.delivery
  const manifest = manifestOf(request, template, delivery)

  const known = isFound(facts.defaults) && 'defaults' in facts.defaults ? facts.defaults.defaults : undefined
  const byDefault =
    template === undefined && known !== undefined ? defaultTemplate(known, request.namespace) : undefined
  const type: Kind | undefined = template ?? byDefault?.template
  const spec = readDeliverySpec(delivery)
  const about = [ref, spec, planeOf(type)] as const
  const flags = deliveryFindings(...about, facts.features, planeWord(type)).filter(({code}) =>
    ['SFL-D05', 'SFL-D06', 'SFL-B11'].includes(code),
  )
  const stored =
    byDefault === undefined
      ? manifest
      : {...manifest, spec: {...(delivery && {delivery}), channelTemplate: byDefault.template}}
  return {
    manifest,
    findings: [
      ...request.findings,
      ...channelNameFindings(ref),
      ...(template === undefined ? defaultFindings(ref, facts, byDefault) : []),
      ...planeFindings(ref, type, facts.served, facts.deployments),
      ...deliveryFindings(...about, 'absent', planeWord(type)),
      ...formatFindings(ref, spec),
      ...sinkFindings(ref, sink),
      ...flags.filter(({level}) => level !== 'error'),
    ],
    refused: [
      ...flags.filter(({level}) => level === 'error'),
      ...admissionFindings(ref, stored, template === undefined && byDefault === undefined),
    ],
  }
}

const templateOf = ({type, kafka}: ChannelRequest): ChannelTemplateSpec | undefined =>
  type === undefined
    ? undefined
    : {apiVersion: type.apiVersion, kind: type.kind, ...(Object.keys(kafka).length === 0 ? {} : {spec: {...kafka}})}

const manifestOf = (
  request: ChannelRequest,
  channelTemplate: ChannelTemplateSpec | undefined,
  delivery: Fields | undefined,
): Manifest => {
  const {name, namespace, labels, annotations} = request
  const spec = {...(channelTemplate && {channelTemplate: {...channelTemplate}}), ...(delivery && {delivery})}
  return {
    ...CHANNEL,
    metadata: {
      name,
      namespace,
      ...(Object.keys(labels).length === 0 ? {} : {labels: {...labels}}),
      ...(Object.keys(annotations).length === 0 ? {} : {annotations: {...annotations}}),
    },
    ...(Object.keys(spec).length === 0 ? {} : {spec}),
  }
}

/** Names that the server takes and that will not work: a Service is named after the channel. */
export const channelNameFindings = (ref: Ref): Finding[] => {
  const longest = 63 - '-kn-channel'.length
  if (/^[a-z]([-a-z0-9]*[a-z0-9])?$/.test(ref.name) && ref.name.length <= longest) return []
  return [
    finding('SFL-C09', {
      object: ref,
      message: `Service ${ref.name}-kn-channel is made for channel ${ref.name}, and a Service's name begins with a letter, has no dots and at most 63 characters`,
    }),
  ]
}

const defaultFindings = (
  ref: Ref,
  {defaults}: ChannelClusterFacts,
  resolved: {template: Kind; origin: string} | undefined,
): Finding[] => {
  const object: Ref = {...CONFIG_MAP, name: CHANNEL_DEFAULTS, namespace: SYSTEM_NAMESPACE}
  const where = `ConfigMap ${SYSTEM_NAMESPACE}/${CHANNEL_DEFAULTS}`
  if (resolved !== undefined)
    return [
      finding('SFL-C04', {
        object: ref,
        message: `channel ${ref.name} will be of type ${resolved.template.kind}: ${resolved.origin}`,
      }),
    ]
  if (defaults === 'forbidden')
    return [finding('SFL-B11', {object, message: `the default type was not checked: ${where} could not be read`})]
  if (isFound(defaults) && 'fault' in defaults)
    return [
      finding('SFL-C15', {
        object,
        message: `${CHANNEL_DEFAULTS_KEY} of ${where} cannot be read: ${defaults.fault}`,
        repair: kubectl('-n', SYSTEM_NAMESPACE, 'edit', 'configmap', CHANNEL_DEFAULTS),
      }),
    ]
  return [
    finding('SFL-C03', {
      object: ref,
      message: `channel ${ref.name} has no type: none was given, and ${where} ${defaults === 'absent' ? 'does not exist' : 'names no default type'}`,
      repair: sfl('channel create', ref.name, '-n', ref.namespace ?? '', '--type', 'imc'),
    }),
  ]
}

/** What the validating webhooks would say; a missing type has a finding of its own, and so have the feature flags. */
const admissionFindings = (ref: Ref, stored: Manifest, typeless: boolean): Finding[] => {
  const template = readChannelTemplate(at(stored, 'spec', 'channelTemplate'))
  const faults = [
    ...channelFaults(stored, undefined, permissiveFeatures).filter(
      (text) => !(typeless && text === 'missing field(s): spec.channelTemplate'),
    ),
    ...(isKafkaChannel(template)
      ? renderFaults(via('spec.channelTemplate.spec', kafkaChannelSpecFaults(template?.spec ?? {})))
      : []),
  ]
  return faults.map((text) => finding('SFL-C06', {object: ref, message: `the server would refuse it: ${text}`}))
}

/** What to type for the type that a channel has. */
export const typeFlags = ({template, kafka}: {template?: Kind; kafka?: Fields}): string[] => [
  ...(template === undefined ? [] : ['--type', printChannelType(template)]),
  ...(
    [
      ['numPartitions', '--partitions'],
      ['replicationFactor', '--replication-factor'],
      ['retentionDuration', '--retention'],
    ] as const
  ).flatMap(([field, flag]) => {
    const value = kafka?.[field]
    return typeof value === 'string' || typeof value === 'number' ? [flag, String(value)] : []
  }),
]
