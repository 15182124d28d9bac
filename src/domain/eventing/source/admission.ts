import {type KubeObject} from '../../core/object.js'
import {at, isRecord, listAt, recordAt, textAt, type Fields} from '../../core/read.js'
import {immutable, shortDiff} from '../channel/admission.js'
import {cronFault} from './cron.js'
import {destinationFaults} from '../delivery/admission.js'
import {type Features} from '../features.js'
import {invalidValue, missing, renderFaults, via, type FieldFault} from '../../core/field-faults.js'

/** The rules about one kind's spec; paths are relative to it. */
type SpecRule = (spec: Fields, features: Features, source: KubeObject) => FieldFault[]

/**
 * The rules of the eventing webhook for the sources that Knative Eventing brings along, in its words (knative/eventing
 * pkg/apis/sources/v1, `*_validation.go`); see `brokerFaults`. Kinds that it does not know are not judged.
 */
export const sourceFaults = (source: KubeObject, features: Features): string[] => {
  const rule = Object.hasOwn(rules, source.kind) ? rules[source.kind] : undefined
  return rule === undefined ? [] : renderFaults(via('spec', rule(recordAt(source, 'spec'), features, source)))
}

const sinkFaults = (spec: Fields, features: Features): FieldFault[] =>
  via('sink', destinationFaults(recordAt(spec, 'sink'), features, {namespace: '', anywhere: true}))

const sinkBinding: SpecRule = (spec, features, source) => [
  ...via('subject', subjectFaults(recordAt(spec, 'subject'), source.metadata.namespace ?? '')),
  ...sinkFaults(spec, features),
]

const subjectFaults = (subject: Fields, home: string): FieldFault[] => {
  const namespace = textAt(subject, 'namespace') ?? ''
  const [byName, bySelector] = [Boolean(textAt(subject, 'name')), isRecord(subject.selector)]
  return [
    ...['apiVersion', 'kind', 'namespace'].flatMap((field) => (textAt(subject, field) ? [] : [missing(field)])),
    ...(byName && bySelector ? [{message: 'expected exactly one, got both', paths: ['name', 'selector']}] : []),
    ...(!byName && !bySelector ? [{message: 'expected exactly one, got neither', paths: ['name', 'selector']}] : []),
    ...(namespace !== '' && namespace !== home ? [invalidValue(namespace, 'namespace')] : []),
  ]
}

const apiServerSource: SpecRule = (spec, features) => {
  const mode = textAt(spec, 'mode') ?? ''
  const resources = listAt(spec, 'resources')
  return [
    ...(['Reference', 'Resource'].includes(mode) ? [] : [invalidValue(mode, 'mode')]),
    ...sinkFaults(spec, features),
    ...(resources.length === 0 ? [missing('resources')] : []),
    ...resources.flatMap((resource, index) => via(`resources[${index}]`, typeFaults(resource))),
    ...(isRecord(spec.owner) ? via('owner', typeFaults(spec.owner)) : []),
    ...(listAt(spec, 'filters').length > 0 && !features.newApiServerSourceFilters
      ? [{message: 'Filters is not empty but the NewAPIServerFilters feature is disabled.', paths: []}]
      : []),
  ]
}

/** A group and a version, at most. */
const typeFaults = (value: unknown): FieldFault[] => {
  const apiVersion = textAt(value, 'apiVersion') ?? ''
  return [
    ...(apiVersion.split('/').length > 2 ? [invalidValue(apiVersion, 'apiVersion')] : []),
    ...((textAt(value, 'kind') ?? '').trim() === '' ? [missing('kind')] : []),
  ]
}

const pingSource: SpecRule = (spec, features) => {
  const text = (field: string): string => textAt(spec, field) ?? ''
  const [schedule, timezone, data, dataBase64] = [text('schedule'), text('timezone'), text('data'), text('dataBase64')]
  const fault = cronFault(schedule, timezone)
  const json = textAt(spec, 'contentType') === 'application/json'
  return [
    ...(schedule.includes('@every') ? [invalidValue('unsupported descriptor @every', 'schedule')] : []),
    ...(fault === undefined
      ? []
      : [invalidValue(fault, fault.startsWith('provided bad location') ? 'timezone' : 'schedule')]),
    ...sinkFaults(spec, features),
    ...(data !== '' && dataBase64 !== ''
      ? [{message: 'expected exactly one, got both', paths: ['data', 'dataBase64']}]
      : data !== '' && json && !isJsonObject(data)
        ? [invalidValue('invalid character in JSON data', 'data')]
        : []),
  ]
}

const isJsonObject = (text: string): boolean => {
  try {
    const value: unknown = JSON.parse(text)
    return isRecord(value) || value === null
  } catch {
    return false
  }
}

const containerSource: SpecRule = (spec, features) => {
  const containers = listAt(spec, 'template', 'spec', 'containers')
  return [
    ...sinkFaults(spec, features),
    ...(containers.length === 0 ? [missing('containers')] : []),
    ...containers.flatMap((container, index) =>
      via(
        `containers[${index}]`,
        ['name', 'image'].flatMap((field) => (textAt(container, field) ? [] : [missing(field)])),
      ),
    ),
  ]
}

const rules: Readonly<Record<string, SpecRule>> = {
  SinkBinding: sinkBinding,
  ApiServerSource: apiServerSource,
  PingSource: pingSource,
  ContainerSource: containerSource,
}

/**
 * The rules of `validation.webhook.kafka.eventing.knative.dev` for a KafkaSource (eventing-kafka-broker
 * control-plane/pkg/apis/sources/v1beta1/kafka_validation.go).
 */
export const kafkaSourceFaults = (source: KubeObject, before: KubeObject | undefined, features: Features): string[] => {
  const spec = recordAt(source, 'spec')
  const oneOf = (field: string, ...known: readonly string[]): FieldFault[] => {
    const value = textAt(spec, field)
    return value === undefined || known.includes(value) ? [] : [invalidValue(value, field)]
  }
  return renderFaults([
    ...via('spec', [
      ...['topics', 'bootstrapServers'].flatMap((field) => (listAt(spec, field).length > 0 ? [] : [missing(field)])),
      ...oneOf('initialOffset', 'earliest', 'latest'),
      ...oneOf('ordering', 'ordered', 'unordered'),
      ...sinkFaults(spec, features),
    ]),
    ...(before === undefined
      ? []
      : immutable(
          shortDiff('KafkaSourceSpec', [
            ['ConsumerGroup', at(before, 'spec', 'consumerGroup'), at(source, 'spec', 'consumerGroup')],
          ]),
        )),
  ])
}
