import {expect, test} from 'vitest'
import {sfl} from '../../../src/domain/core/commands.js'
import type {Finding} from '../../../src/domain/findings/finding.js'
import {formatFindings} from '../../../src/output/report/findings.js'

const object = {apiVersion: 'eventing.knative.dev/v1', kind: 'Broker', name: 'orders', namespace: 'demo'}
const findings: Finding[] = [
  {
    code: 'SFL-E05',
    level: 'error',
    object,
    message: 'the ConfigMap knative-eventing/kafka is missing',
    repair: [sfl('kafka config create', 'kafka', '-n', 'knative-eventing')],
  },
  {code: 'SFL-W02', level: 'warning', message: 'a back-off\nwithout retries does nothing'},
  {code: 'SFL-N01', level: 'note', message: 'PT3600S was written as PT1H'},
]

test('findings are a line each, with the repairing command below', () =>
  expect(formatFindings(findings)).toBe(`error[SFL-E05]: the ConfigMap knative-eventing/kafka is missing
  repair: kubectl sfl kafka config create kafka -n knative-eventing
warning[SFL-W02]: a back-off without retries does nothing
note: PT3600S was written as PT1H
`))

test('a report about several objects names each', () =>
  expect(formatFindings(findings.slice(0, 1), {withObject: true})).toBe(
    `error[SFL-E05]: broker.eventing.knative.dev/orders in namespace demo: the ConfigMap knative-eventing/kafka is missing
  repair: kubectl sfl kafka config create kafka -n knative-eventing
`,
  ))

test('colour shows the level', () => {
  const mark = (name: string) => (text: string) => `<${name}>${text}</${name}>`
  const palette = {
    red: mark('red'),
    green: mark('green'),
    yellow: mark('yellow'),
    cyan: mark('cyan'),
    bold: mark('bold'),
    dim: mark('dim'),
  }
  expect(formatFindings(findings, {palette}).split('\n')).toEqual([
    '<red>error[SFL-E05]:</red> the ConfigMap knative-eventing/kafka is missing',
    '  <dim>repair:</dim> kubectl sfl kafka config create kafka -n knative-eventing',
    '<yellow>warning[SFL-W02]:</yellow> a back-off without retries does nothing',
    '<cyan>note:</cyan> PT3600S was written as PT1H',
    '',
  ])
})
