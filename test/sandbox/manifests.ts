import {type KubeObject} from '../../src/domain/core/object.js'
import {createSandbox, type Sandbox} from '../../src/sandbox/sandbox.js'

export const NOW = new Date('2026-03-01T12:00:00Z')

/** A sandbox with the namespace `demo`, whose clock stands still. */
export const demo = (options: Parameters<typeof createSandbox>[0] = {}): Sandbox => {
  const sandbox = createSandbox({now: () => NOW, delayMs: 0, ...options})
  sandbox.load([{apiVersion: 'v1', kind: 'Namespace', metadata: {name: 'demo'}, status: {phase: 'Active'}}])
  return sandbox
}

export const configMap = (name: string, data: Record<string, string> = {a: '1'}): KubeObject => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: {name, namespace: 'demo'},
  data,
})

export const configMapRef = (name: string) => ({apiVersion: 'v1', kind: 'ConfigMap', namespace: 'demo', name})

export const broker = (name: string, spec?: Record<string, unknown>, className?: string): KubeObject => ({
  apiVersion: 'eventing.knative.dev/v1',
  kind: 'Broker',
  metadata: {
    name,
    namespace: 'demo',
    ...(className === undefined ? {} : {annotations: {'eventing.knative.dev/broker.class': className}}),
  },
  ...(spec === undefined ? {} : {spec}),
})

export const brokerRef = (name: string) => ({
  apiVersion: 'eventing.knative.dev/v1',
  kind: 'Broker',
  namespace: 'demo',
  name,
})

export const kafkaConfig = {
  config: {apiVersion: 'v1', kind: 'ConfigMap', name: 'kafka-broker-config', namespace: 'knative-eventing'},
}

export const trigger = (name: string, spec: Record<string, unknown>, labels?: Record<string, string>): KubeObject => ({
  apiVersion: 'eventing.knative.dev/v1',
  kind: 'Trigger',
  metadata: {name, namespace: 'demo', ...(labels === undefined ? {} : {labels})},
  spec,
})
