import * as fc from 'fast-check'
import {describe, expect, test} from 'vitest'
import {SflError} from '../../../../src/domain/core/errors.js'
import {readBootstrapServers, serverFault} from '../../../../src/domain/kafka/config/bootstrap-servers.js'
import {
  readKafkaConfigOptions,
  readKafkaConfigUpdate,
  settingsData,
  type KafkaSettings,
} from '../../../../src/domain/kafka/config/options.js'
import {readKafkaConfig} from '../../../../src/domain/kafka/config/kafka-config.js'
import {topicConfigOf} from '../../../../src/domain/kafka/config/topic-config.js'

const valid = {
  name: 'my-kafka',
  namespace: 'demo',
  bootstrapServers: 'kafka:9092',
  partitions: '10',
  replicationFactor: '3',
}

const faultOf = (read: () => unknown): string => {
  try {
    read()
  } catch (error) {
    if (error instanceof SflError) return error.message
    throw error
  }
  return 'no fault'
}

describe('a bootstrap server', () => {
  test.each([
    'kafka:9092',
    'my-cluster-kafka-bootstrap.kafka.svc.cluster.local:9093',
    'my_broker:9092',
    'KAFKA.example.com.:1',
    '10.0.0.1:65535',
    '[::1]:9092',
    '[2001:db8::1]:9092',
    '[2001:db8:0:0:0:0:0:1]:9092',
    '[::ffff:10.0.0.1]:9092',
  ])('%s is taken', (server) => expect(serverFault(server)).toBeUndefined())

  test.each([
    ['kafka', 'the port is missing'],
    ['[::1]', 'the port is missing'],
    ['::1:9092', 'write an IPv6 address in brackets: [ADDRESS]:PORT'],
    ['kafka:0', '"0" is not a port from 1 to 65535'],
    ['kafka:65536', '"65536" is not a port from 1 to 65535'],
    ['kafka:http', '"http" is not a port from 1 to 65535'],
    [':9092', 'the host is missing'],
    ['ka fka:9092', '"ka fka" is not a host name or address'],
    ['-kafka:9092', '"-kafka" is not a host name or address'],
    ['[::g]:9092', '"[::g]" is not a host name or address'],
    ['[1:2]:9092', '"[1:2]" is not a host name or address'],
    ['[1::2::3]:9092', '"[1::2::3]" is not a host name or address'],
    ['SASL_SSL://kafka:9093', 'write HOST:PORT without a scheme; the protocol is said by the auth secret'],
  ])('%s is refused: %s', (server, fault) => expect(serverFault(server)).toBe(fault))

  test('may have blanks around it, but nothing may be empty or twice', () => {
    expect(readBootstrapServers(' a:1 , b:2 ')).toEqual(['a:1', 'b:2'])
    expect(faultOf(() => readBootstrapServers(''))).toBe('--bootstrap-servers is empty')
    expect(faultOf(() => readBootstrapServers('a:1,'))).toBe(
      'invalid --bootstrap-servers: there is an empty one between commas',
    )
    expect(faultOf(() => readBootstrapServers('a:1,a:1'))).toBe('invalid --bootstrap-servers: "a:1" is given twice')
  })
})

describe('the flags of kafka config', () => {
  test.each([
    ['partitions', '1', undefined],
    ['partitions', '2147483647', undefined],
    ['partitions', '2147483648', 'invalid --partitions "2147483648": expected a whole number from 1 to 2147483647'],
    ['partitions', '1e3', 'invalid --partitions "1e3": expected a whole number from 1 to 2147483647'],
    ['partitions', '-1', 'invalid --partitions "-1": expected a whole number from 1 to 2147483647'],
    ['replicationFactor', '32767', undefined],
    ['replicationFactor', '32768', 'invalid --replication-factor "32768": expected a whole number from 1 to 32767'],
    ['replicationFactor', '0', 'invalid --replication-factor "0": expected a whole number from 1 to 32767'],
  ])('%s %s: %s', (option, text, fault) => {
    expect(faultOf(() => readKafkaConfigOptions({...valid, [option]: text}))).toBe(fault ?? 'no fault')
  })

  test.each([
    ['retention.ms=1000', {'retention.ms': '1000'}],
    ['retention.ms=-1', {'retention.ms': '-1'}],
    ['default.topic.config.retention.ms=1000', {'retention.ms': '1000'}],
    ['cleanup.policy=compact,delete', {'cleanup.policy': 'compact,delete'}],
    ['preallocate= true ', {preallocate: 'true'}],
    ['leader.replication.throttled.replicas=*', {'leader.replication.throttled.replicas': '*'}],
  ])('--topic-config %s is taken', (pair, expected) => {
    expect(readKafkaConfigOptions({...valid, topicConfig: [pair]}).settings.topicConfig).toEqual(expected)
  })

  test.each([
    ['retention.ms', 'invalid --topic-config "retention.ms": expected KEY=VALUE, such as retention.ms=604800000'],
    ['=1', 'invalid --topic-config "=1": expected KEY=VALUE, such as retention.ms=604800000'],
    ['retention.ms=', '--topic-config retention.ms has no value'],
    ['retention.ms=7d', 'invalid --topic-config "retention.ms=7d": retention.ms is a whole number of milliseconds'],
    ['segment.bytes=1G', 'invalid --topic-config "segment.bytes=1G": segment.bytes is a whole number of bytes'],
    [
      'Retention.Ms=1',
      'invalid --topic-config "Retention.Ms": a topic setting of Kafka is lower-case words with dots, such as retention.ms',
    ],
  ])('--topic-config %s is refused', (pair, fault) => {
    expect(faultOf(() => readKafkaConfigOptions({...valid, topicConfig: [pair]}))).toBe(fault)
  })

  test('a setting cannot have two values', () => {
    const twice = {...valid, topicConfig: ['retention.ms=1', 'default.topic.config.retention.ms=2']}
    expect(faultOf(() => readKafkaConfigOptions(twice))).toBe(
      '--topic-config retention.ms is given twice, as "1" and as "2"',
    )
  })

  test('an update names the keys that it removes', () => {
    const request = readKafkaConfigUpdate({
      name: 'my-kafka',
      namespace: 'demo',
      unset: ['auth-secret', 'topic-config:retention.ms', 'label:team', 'annotation:note'],
    })
    expect(request.removed).toEqual(['auth.secret.ref.name', 'default.topic.config.retention.ms'])
    expect([request.labelsRemoved, request.annotationsRemoved]).toEqual([['team'], ['note']])
  })
})

test('settings come back from the ConfigMap as they were given', () => {
  const port = fc.integer({min: 1, max: 65_535})
  const host = fc.stringMatching(/^[a-z][a-z0-9]{0,10}(\.[a-z][a-z0-9]{0,5})?$/)
  const server = fc.tuple(host, port).map(([name, number]) => `${name}:${number}`)
  const settings = fc.record<KafkaSettings>({
    bootstrapServers: fc.uniqueArray(server, {minLength: 1, maxLength: 4}),
    partitions: fc.integer({min: 1, max: 2_147_483_647}),
    replicationFactor: fc.integer({min: 1, max: 32_767}),
    authSecret: host,
    topicConfig: fc.dictionary(
      fc.constantFrom('retention.ms', 'segment.bytes', 'min.insync.replicas'),
      fc.nat().map(String),
    ),
  })
  fc.assert(
    fc.property(settings, (given) => {
      const data = settingsData(given)
      const {topicConfig, ...rest} = given
      expect(readKafkaConfig(data)).toEqual(rest)
      expect(topicConfigOf(data)).toEqual({...topicConfig})
      for (const text of given.bootstrapServers ?? []) expect(serverFault(text)).toBeUndefined()
    }),
  )
})
