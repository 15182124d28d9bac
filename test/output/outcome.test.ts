import {expect, test} from 'vitest'
import {outcome} from '../../src/output/outcome.js'

const broker = {apiVersion: 'eventing.knative.dev/v1', kind: 'Broker', name: 'orders', namespace: 'demo'}

test.each([
  ['none', 'broker.eventing.knative.dev/orders created'],
  ['client', 'broker.eventing.knative.dev/orders created (dry run)'],
  ['server', 'broker.eventing.knative.dev/orders created (server dry run)'],
] as const)('dry run %s is said as kubectl says it', (dryRun, line) =>
  expect(outcome(broker, 'created', dryRun)).toBe(line),
)

test('core objects have no group', () =>
  expect(outcome({apiVersion: 'v1', kind: 'Secret', name: 'kafka'}, 'deleted', 'none')).toBe('secret/kafka deleted'))
