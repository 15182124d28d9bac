import {describe, expect, test} from 'vitest'
import {cronFault} from '../../../../src/domain/eventing/source/cron.js'
import {defaultFeatures, readFeatures} from '../../../../src/domain/eventing/features.js'
import {kafkaSourceFaults, sourceFaults} from '../../../../src/domain/eventing/source/admission.js'
import {type KubeObject} from '../../../../src/domain/core/object.js'

const source = (kind: string, spec: object): KubeObject => ({
  apiVersion: 'sources.knative.dev/v1',
  kind,
  metadata: {name: 'x', namespace: 'shop'},
  spec,
})
const sink = {uri: 'http://audit.example.com'}
const every = '* * * * *'

describe('what the eventing webhook says about a source', () => {
  test.each<[string, string, object, string]>([
    ['PingSource', 'nothing', {schedule: '*/5 * * * *', timezone: 'Europe/Berlin', data: '{}', sink}, ''],
    ['PingSource', 'no sink', {schedule: every}, 'expected at least one, got none: spec.sink.ref, spec.sink.uri'],
    [
      'PingSource',
      '@every',
      {schedule: '@every 5s', sink},
      'invalid value: unsupported descriptor @every: spec.schedule',
    ],
    [
      'PingSource',
      'a place without a clock',
      {schedule: every, timezone: 'No/Where', sink},
      'invalid value: provided bad location No/Where: unknown time zone No/Where: spec.timezone',
    ],
    [
      'PingSource',
      'two kinds of data',
      {schedule: every, data: 'a', dataBase64: 'YQ==', sink},
      'expected exactly one, got both: spec.data, spec.dataBase64',
    ],
    ['ApiServerSource', 'nothing', {mode: 'Resource', resources: [{apiVersion: 'v1', kind: 'Event'}], sink}, ''],
    [
      'ApiServerSource',
      'everything at once',
      {mode: 'Both', resources: [{apiVersion: 'a/b/c', kind: ' '}], owner: {apiVersion: 'v1'}, filters: [{}], sink},
      'Filters is not empty but the NewAPIServerFilters feature is disabled.: \n' +
        'invalid value: Both: spec.mode\n' +
        'invalid value: a/b/c: spec.resources[0].apiVersion\n' +
        'missing field(s): spec.owner.kind, spec.resources[0].kind',
    ],
    ['ApiServerSource', 'no resources', {mode: 'Reference', sink}, 'missing field(s): spec.resources'],
    ['ContainerSource', 'no containers', {sink}, 'missing field(s): spec.containers'],
    [
      'ContainerSource',
      'a container without anything',
      {template: {spec: {containers: [{name: 'a', image: 'b'}, {}]}}, sink},
      'missing field(s): spec.containers[1].image, spec.containers[1].name',
    ],
    [
      'SinkBinding',
      'a subject elsewhere',
      {subject: {apiVersion: 'apps/v1', kind: 'Deployment', name: 'app', namespace: 'other'}, sink},
      'invalid value: other: spec.subject.namespace',
    ],
    [
      'SinkBinding',
      'a subject that names nothing',
      {subject: {namespace: 'shop'}, sink},
      'expected exactly one, got neither: spec.subject.name, spec.subject.selector\n' +
        'missing field(s): spec.subject.apiVersion, spec.subject.kind',
    ],
    [
      'SinkBinding',
      'a subject by name and selector',
      {subject: {apiVersion: 'v1', kind: 'A', namespace: 'shop', name: 'a', selector: {}}, sink},
      'expected exactly one, got both: spec.subject.name, spec.subject.selector',
    ],
    ['CamelSource', 'an unknown kind, which it does not judge', {}, ''],
  ])('%s: %s', (kind, _case, spec, text) => {
    expect(sourceFaults(source(kind, spec), defaultFeatures).join('\n')).toBe(text)
  })

  test('filters of an ApiServerSource are allowed by a feature', () => {
    const features = readFeatures({'new-apiserversource-filters': 'enabled'})
    const spec = {mode: 'Reference', resources: [{apiVersion: 'v1', kind: 'Event'}], filters: [{}], sink}
    expect(sourceFaults(source('ApiServerSource', spec), features)).toEqual([])
  })

  test.each<[string, object, string]>([
    ['nothing', {topics: ['t'], bootstrapServers: ['b'], initialOffset: 'earliest', ordering: 'unordered', sink}, ''],
    ['nothing to read', {sink}, 'missing field(s): spec.bootstrapServers, spec.topics'],
    [
      'unknown words',
      {topics: ['t'], bootstrapServers: ['b'], initialOffset: 'x', ordering: 'y', sink},
      'invalid value: x: spec.initialOffset\ninvalid value: y: spec.ordering',
    ],
  ])('KafkaSource: %s', (_case, spec, text) => {
    expect(kafkaSourceFaults(source('KafkaSource', spec), undefined, defaultFeatures).join('\n')).toBe(text)
  })

  test('the consumer group of a KafkaSource is fixed', () => {
    const of = (consumerGroup: string) =>
      source('KafkaSource', {topics: ['t'], bootstrapServers: ['b'], sink, consumerGroup})
    expect(kafkaSourceFaults(of('a'), of('a'), defaultFeatures)).toEqual([])
    expect(kafkaSourceFaults(of('b'), of('a'), defaultFeatures)).toEqual([
      'Immutable fields changed (-old +new): spec\n{v1.KafkaSourceSpec}.ConsumerGroup:\n\t-: "a"\n\t+: "b"\n',
    ])
  })
})

describe('schedules of five fields', () => {
  test.each([every, '0 0 1 1 0', '*/15 0-6,20 ? jan-MAR mon,fri', '5/10 * * * *', '@daily', '@every 1h30m'])(
    '%s is one',
    (schedule) => {
      expect(cronFault(schedule)).toBeUndefined()
    },
  )

  test.each<[string, string]>([
    ['', 'empty spec string'],
    ['* * * *', 'expected exactly 5 fields, found 4: [* * * *]'],
    ['@fortnightly', 'unrecognized descriptor: @fortnightly'],
    ['60 * * * *', 'end of range (60) above maximum (59): 60'],
    ['* * 0 * *', 'beginning of range (0) below minimum (1): 0'],
    ['9-3 * * * *', 'beginning of range (9) beyond end of range (3): 9-3'],
    ['x * * * *', 'failed to parse int from x: strconv.Atoi: parsing "x": invalid syntax'],
    ['1-2-3 * * * *', 'too many hyphens: 1-2-3'],
    ['1/2/3 * * * *', 'too many slashes: 1/2/3'],
    ['*/0 * * * *', 'step of range should be a positive number: */0'],
  ])('%j is none: %s', (schedule, fault) => {
    expect(cronFault(schedule)).toBe(fault)
  })
})
