import {printCommand, printCommands} from '../../../../src/domain/core/commands.js'
import {describe, expect, test} from 'vitest'
import {
  installationOf,
  installCommands,
  isEnabled,
  releaseFile,
  type KafkaInstallFacts,
} from '../../../../src/domain/kafka/installation/installation.js'
import type {KubeObject} from '../../../../src/domain/core/object.js'
import {judgeOf} from '../../../../src/domain/core/until.js'
import {workloadState} from '../../../../src/domain/core/workload.js'

const nothing: KafkaInstallFacts = {
  configMap: 'absent',
  knativeKafkas: 'absent',
  knativeEventings: 'absent',
  brokers: [],
  defaults: 'absent',
  knativeKafkaServed: false,
  workloads: [],
}

const aWorkload = (name: string, more: {version?: string; owner?: string; kind?: string} = {}): KubeObject => ({
  apiVersion: 'apps/v1',
  kind: more.kind ?? 'Deployment',
  metadata: {
    name,
    namespace: 'knative-eventing',
    ...(more.version === undefined ? {} : {labels: {'app.kubernetes.io/version': more.version}}),
    ...(more.owner === undefined
      ? {}
      : {ownerReferences: [{apiVersion: 'operator.knative.dev/v1beta1', kind: more.owner, name: 'x', uid: 'u'}]}),
  },
})

const aResource = (kind: string, spec: object): KubeObject => ({
  apiVersion: 'v1',
  kind,
  metadata: {name: 'x', namespace: 'knative-eventing'},
  spec,
})

const kafka = aResource('KnativeKafka', {broker: {enabled: true}, channel: {enabled: false}, source: {enabled: false}})
const eventing = aResource('KnativeEventing', {additionalManifests: [{URL: 'https://example.com/mine.yaml'}]})

describe('who installed Kafka', () => {
  test.each<[string, Partial<KafkaInstallFacts>, object]>([
    ['a KnativeKafka', {knativeKafkas: [kafka]}, {by: 'KnativeKafka'}],
    [
      'the Knative operator',
      {
        knativeEventings: [eventing],
        workloads: [aWorkload('kafka-controller', {owner: 'KnativeEventing', version: '1.20.1'})],
      },
      {by: 'KnativeEventing', version: '1.20.1'},
    ],
    [
      'somebody by hand, beside the Knative operator',
      {knativeEventings: [eventing], workloads: [aWorkload('kafka-controller', {version: 'v1.20.1'})]},
      {by: 'release files', version: '1.20.1'},
    ],
    ['a data plane without a controller', {workloads: [aWorkload('kafka-sink-receiver')]}, {by: 'release files'}],
    ['nobody', {}, {by: 'nothing'}],
    ['nobody knows', {workloads: 'forbidden'}, {by: 'unknown'}],
  ])('%s', (_title, facts, expected) => expect(installationOf({...nothing, ...facts})).toMatchObject(expected))

  test('a part is enabled by the resource, or by being there', () => {
    const facts = {...nothing, knativeKafkas: [kafka], workloads: [aWorkload('kafka-sink-receiver')]}
    expect(isEnabled('broker', installationOf(facts), facts)).toBe(true)
    expect(isEnabled('sink', installationOf(facts), facts)).toBe(false)
    const plain = {...nothing, workloads: [aWorkload('kafka-sink-receiver')]}
    expect(isEnabled('sink', installationOf(plain), plain)).toBe(true)
    const blind: KafkaInstallFacts = {...nothing, workloads: 'forbidden'}
    expect(isEnabled('sink', installationOf(blind), blind)).toBe('unknown')
  })
})

describe('the release file of a part', () => {
  test.each([
    [[aWorkload('kafka-controller', {version: '1.16.2'})], 'download/knative-v1.16.2/eventing-kafka-sink.yaml'],
    [[aWorkload('eventing-controller', {version: '1.16.2'})], 'download/knative-v1.16.0/eventing-kafka-sink.yaml'],
    [[aWorkload('kafka-controller', {version: 'devel'})], 'latest/download/eventing-kafka-sink.yaml'],
    [[], 'latest/download/eventing-kafka-sink.yaml'],
  ])('is that of the installed release', (workloads, path) => {
    expect(releaseFile('sink', {...nothing, workloads})).toMatch(new RegExp(`/releases/${path}$`))
  })

  test('comes after the controller, and after the manifests that are listed already', () => {
    expect(installCommands(['sink'], {by: 'nothing'}, nothing).map((one) => printCommand(one))).toEqual([
      expect.stringMatching(/^kubectl apply -f \S+\/eventing-kafka-controller\.yaml$/),
      expect.stringMatching(/^kubectl apply -f \S+\/eventing-kafka-sink\.yaml$/),
    ])
    const command = printCommands(
      installCommands(['sink'], {by: 'nothing'}, {...nothing, knativeEventings: [eventing]}),
    )
    expect(command).toMatch(/mine\.yaml.*eventing-kafka-controller\.yaml.*eventing-kafka-sink\.yaml/)
  })
})

describe('a workload', () => {
  test.each([
    ['Deployment', 1, 1, true],
    ['Deployment', 2, 1, false],
    ['Deployment', 0, 0, false],
    ['StatefulSet', 1, 1, true],
    ['StatefulSet', 1, 0, false],
    ['StatefulSet', 0, 0, true],
  ])('%s with %d wanted and %d ready is healthy: %s', (kind, wanted, ready, healthy) => {
    const object = {...aWorkload('x', {kind}), spec: {replicas: wanted}, status: {readyReplicas: ready}}
    expect(workloadState(object)).toMatchObject({wanted, ready, healthy})
    expect(judgeOf('available').judge(object).done).toBe(healthy)
  })

  test('is not healthy by a status of an older generation', () => {
    const base = aWorkload('x')
    const object = {
      ...base,
      metadata: {...base.metadata, generation: 2},
      spec: {replicas: 1},
      status: {readyReplicas: 1, observedGeneration: 1},
    }
    expect(workloadState(object)).toMatchObject({healthy: false, stale: true})
    expect(judgeOf('available').judge(object)).toEqual({done: false, note: 'its last change is not rolled out yet'})
    expect(judgeOf('available').judge(undefined)).toEqual({done: false, note: 'it does not exist yet'})
  })
})
