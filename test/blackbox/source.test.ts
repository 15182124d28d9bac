import {describe, expect, test} from 'vitest'
import {stringify} from 'yaml'
import {aService} from './support/objects.js'
import {hasKubectl, theatre} from './support/stage.js'

const {stage} = theatre()

const labels = {app: 'shop'}
const sink = (name: string) => ({ref: {apiVersion: 'serving.knative.dev/v1', kind: 'Service', name}})
const manifests = [
  {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: {name: 'shop'},
    spec: {
      selector: {matchLabels: labels},
      template: {metadata: {labels}, spec: {containers: [{name: 'shop', image: 'registry.local/shop'}]}},
    },
  },
  {
    apiVersion: 'sources.knative.dev/v1',
    kind: 'PingSource',
    metadata: {name: 'minute'},
    spec: {schedule: '*/1 * * * *', data: '{}', sink: sink('audit')},
  },
  {
    apiVersion: 'sources.knative.dev/v1',
    kind: 'PingSource',
    metadata: {name: 'astray'},
    spec: {schedule: '0 * * * *', sink: sink('nowhere')},
  },
  {
    apiVersion: 'sources.knative.dev/v1',
    kind: 'SinkBinding',
    metadata: {name: 'bound'},
    spec: {subject: {apiVersion: 'apps/v1', kind: 'Deployment', name: 'shop'}, sink: sink('audit')},
  },
]

test('the types of sources are listed, and a namespace without sources says so', async () => {
  const scene = await stage()
  await scene.sh('kubectl sfl source list-types')
  await scene.sh('kubectl sfl source list-types -o name')
  await scene.sh('kubectl sfl source list')
  await scene.matches('source-types')
})

describe.skipIf(!hasKubectl)('with kubectl', () => {
  test('sources of all types that kubectl created are one list, SinkBindings included', async () => {
    const scene = await stage()
    await scene.given(aService(scene, 'audit'))
    const text = manifests.map((manifest) => stringify(manifest)).join('---\n')
    await scene.prepare(`kubectl apply -f ${await scene.file('sources.yaml', text)}`)
    await scene.sh('kubectl sfl source list')
    await scene.sh('kubectl sfl source list -o wide')
    await scene.sh('kubectl sfl source list --type PingSource -o name')
    await scene.sh('kubectl sfl source list -t SinkBindin')
    const {out} = await scene.start('kubectl sfl source list -A --no-headers').ended
    expect(out.split('\n').filter((line) => line.startsWith(scene.namespace))).toHaveLength(3)
    await scene.matches('source')
  })
})
