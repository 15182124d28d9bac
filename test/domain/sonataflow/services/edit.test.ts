import {describe, expect, test} from 'vitest'
import {type Plan} from '../../../../src/domain/core/plan.js'
import {childManifests, expectedChildren} from '../../../../src/domain/sonataflow/workload/expected.js'
import {type ServiceKey} from '../../../../src/domain/sonataflow/names.js'
import {planServicesConfigure, readConfigureOptions} from '../../../../src/domain/sonataflow/services/configure.js'
import {planServicesRemove, planServicesSwitch} from '../../../../src/domain/sonataflow/services/edit.js'
import {anObject, facts} from '../facts.js'
import {aPlatform} from '../platforms.js'

const both = {services: {dataIndex: {enabled: true}, jobService: {enabled: true}}}
const of = (spec: object, changes: Parameters<typeof facts>[0] = {}) => {
  const platform = aPlatform(spec)
  return {...facts({platforms: [platform], ...changes}), platform}
}
/** The merge patch, or `unchanged`; and what else is done. */
const sent = ({steps}: Plan): unknown[] =>
  steps.map((step) => {
    if (step.verb === 'patch') return step.patch.spec
    if (step.verb === 'keep') return 'unchanged'
    return step.verb === 'delete' ? `delete ${step.ref.kind} ${step.ref.namespace}/${step.ref.name}` : step.verb
  })
const codes = ({findings}: Plan, level = 'error'): string[] =>
  findings.filter((one) => one.level === level).map(({code}) => code)

describe('services', () => {
  const all: ServiceKey[] = ['dataIndex', 'jobService']
  test.each<[string, object, ServiceKey[], boolean, unknown]>([
    ['enables what is not there', {}, all, true, {services: {dataIndex: {enabled: true}, jobService: {enabled: true}}}],
    [
      'enables only what is disabled',
      {services: {dataIndex: {enabled: true}, jobService: {enabled: false}}},
      all,
      true,
      {services: {jobService: {enabled: true}}},
    ],
    ['leaves alone what is as wanted', both, all, true, 'unchanged'],
    ['disables', both, ['dataIndex'], false, {services: {dataIndex: {enabled: false}}}],
    ['does not deploy a service in order to disable it', {}, all, false, 'unchanged'],
  ])('%s', (_, spec, keys, enabled, patch) => {
    expect(sent(planServicesSwitch(keys, enabled, {}, of(spec)))).toEqual([patch])
  })

  test('a disabled service goes on running, and that is said', () => {
    expect(codes(planServicesSwitch(['dataIndex'], false, {}, of(both)), 'note')).toContain('SFL-W08')
  })

  test('removes a stanza, and with the last one spec.services, so that those of the cluster count again', () => {
    const remove = (keys: ServiceKey[], spec: object): unknown[] =>
      sent(planServicesRemove(keys, {}, {...of(spec), objects: []}))
    expect(remove(['dataIndex'], both)).toEqual([{services: {dataIndex: null}}])
    expect(remove(all, both)).toEqual([{services: null}])
    expect(remove(['dataIndex'], {services: {dataIndex: {}}})).toEqual([{services: null}])
    expect(remove(['dataIndex'], {})).toEqual(['unchanged'])
  })

  test('prunes what the operator leaves behind, and nothing of others', () => {
    const platform = aPlatform(both)
    const objects = [...childManifests(expectedChildren({platform})), anObject('ConfigMap', 'mine')]
    expect(sent(planServicesRemove(['jobService'], {prune: true}, {...of(both), objects}))).toEqual([
      {services: {jobService: null}},
      'delete ConfigMap shop/p-jobs-service-props',
      'delete Deployment shop/p-jobs-service',
      'delete Service shop/p-jobs-service',
    ])
    expect(codes(planServicesRemove(['jobService'], {}, {...of(both), objects}), 'warning')).toContain('SFL-W07')
  })

  test('configures by patching only the pod template, keeping the variables that are there', () => {
    const env = [
      {name: 'A', value: '1'},
      {name: 'B', valueFrom: {secretKeyRef: {name: 's', key: 'k'}}},
      {name: 'C', value: '3'},
    ]
    const spec = {services: {dataIndex: {enabled: true, podTemplate: {container: {env, image: 'mine'}}}}}
    const plan = planServicesConfigure(
      'dataIndex',
      readConfigureOptions({env: ['A=2', 'C-', 'D=x=y'], image: ''}),
      {},
      of(spec),
    )
    expect(sent(plan)).toEqual([
      {
        services: {
          dataIndex: {
            podTemplate: {container: {image: null, env: [{name: 'A', value: '2'}, env[1], {name: 'D', value: 'x=y'}]}},
          },
        },
      },
    ])
  })

  test('every fault of the flags is said at once', () => {
    expect(() =>
      readConfigureOptions({
        replicas: -1,
        env: ['x'],
        limit: ['cpu=much'],
        initContainers: {name: 'n'},
        pdbMinAvailable: '1',
        pdbMaxUnavailable: '1',
      }),
    ).toThrow(
      [
        'invalid --replicas -1: expected 0 or more',
        'invalid --env "x": expected NAME=VALUE, or NAME- to take it away',
        'invalid --limit cpu=much: expected a quantity such as 500m or 1Gi',
        '--init-container-file: every container needs a name and an image',
        '--pdb-min-available and --pdb-max-unavailable exclude each other: only the first would count',
      ].join('\n'),
    )
    expect(() => readConfigureOptions({})).toThrow('nothing to configure')
  })
})
