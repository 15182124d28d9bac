import {describe, expect, test} from 'vitest'
import {PLATFORM} from '../../src/domain/sonataflow/names.js'
import {at, recordAt} from '../../src/domain/core/read.js'
import {anEndpointSlice} from '../support/endpoint-slice.js'
import {aKafkaBroker} from './support/objects.js'
import {hasKubectl, type Stage, theatre} from './support/stage.js'

const {stage} = theatre()

/** A PostgreSQL behind a Service, with the Secret to log in, and a broker. */
const furnish = async (scene: Stage): Promise<void> => {
  const {namespace} = scene
  const metadata = {name: 'postgres', namespace}
  await scene.given(
    {apiVersion: 'v1', kind: 'Service', metadata, spec: {ports: [{port: 5432}]}},
    anEndpointSlice('postgres', namespace),
    {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: {name: 'login', namespace},
      stringData: {POSTGRESQL_USER: 'flows', POSTGRESQL_PASSWORD: 'swordfish'},
    },
    aKafkaBroker(scene, 'orders'),
  )
}

const specOf = async ({api, namespace}: Stage, name = 'main') =>
  recordAt(await api.get({...PLATFORM, namespace, name}), 'spec')

test('the life of a platform: created with database and broker, looked at, changed and deleted', async () => {
  const scene = await stage()
  await furnish(scene)
  await scene.sh(
    'kubectl sfl platform create main --service postgres --secret login --broker orders --dry-run=client -o yaml',
  )
  await scene.sh('kubectl sfl platform create main --service postgres --secret login --broker orders --wait')
  await scene.sh('kubectl sfl platform create main')
  await scene.sh('kubectl sfl platform list')
  await scene.sh('kubectl sfl platform list -o wide')
  await scene.sh('kubectl sfl platform describe main --show-events=false')
  await scene.sh('kubectl sfl platform effective')
  await scene.sh('kubectl sfl platform apply main --service postgres --secret login --broker orders')
  await scene.sh('kubectl sfl platform wait main --for ready --timeout 10s')
  await scene.sh('kubectl sfl platform delete main')
  await scene.sh('kubectl sfl platform delete main --yes')
  await scene.sh('kubectl sfl platform list')
  await scene.sh('kubectl sfl platform describe main')
  await scene.matches('platform')
}, 120_000)

test('services are enabled, configured, disabled and removed, each change twice without harm', async () => {
  const scene = await stage()
  await scene.prepare('kubectl sfl platform create main --services data-index --wait')
  await scene.sh('kubectl sfl platform services enable job-service --wait')
  await scene.sh('kubectl sfl platform services enable job-service')
  await scene.sh(
    'kubectl sfl platform services configure data-index --env LOG_LEVEL=DEBUG --limit memory=1Gi --diff --yes',
  )
  await scene.sh('kubectl sfl platform services configure data-index --env LOG_LEVEL- --limit memory=1Gi')
  await scene.sh('kubectl sfl platform services disable data-index')
  await scene.sh('kubectl sfl platform services disable data-index --yes')
  await scene.sh('kubectl sfl platform services remove job-service --yes')
  await scene.sh('kubectl sfl platform services enable data-indx')
  await scene.sh('kubectl sfl platform list')
  await scene.matches('platform-services')
}, 120_000)

test('a database for one service and for all, who migrates it, and away again', async () => {
  const scene = await stage()
  await furnish(scene)
  await scene.prepare('kubectl sfl platform create main --wait')
  await scene.sh(
    'kubectl sfl platform persistence set --platform-wide --service postgres --secret login --database flows',
  )
  await scene.sh(
    'kubectl sfl platform persistence set --platform-wide --service postgres --secret login --database flows',
  )
  await scene.sh(
    'kubectl sfl platform persistence set job-service --service postgres --secret login --schema jobs --diff --yes',
  )
  await scene.sh('kubectl sfl platform persistence set data-index --service postgress --secret login')
  await scene.sh(
    'kubectl sfl platform persistence set --service postgres --jdbc-url jdbc:postgresql://x/y --secret login',
  )
  await scene.sh('kubectl sfl platform effective')
  await scene.sh('kubectl sfl platform migration set data-index job')
  await scene.sh('kubectl sfl platform migration set data-index job-service job')
  await scene.sh('kubectl sfl platform persistence unset job-service --yes')
  await scene.sh('kubectl sfl platform persistence unset --platform-wide --yes')
  await scene.matches('platform-persistence')
  expect(await specOf(scene)).not.toHaveProperty('persistence')
  expect(at(await specOf(scene), 'services', 'jobService', 'persistence')).toBeUndefined()
}, 120_000)

test('events go over a broker, whose triggers and binding are shown as expected and as they are', async () => {
  const scene = await stage()
  await furnish(scene)
  await scene.prepare('kubectl sfl platform create main --service postgres --secret login --wait')
  await scene.sh('kubectl sfl platform eventing set --platform-wide --broker orders')
  await scene.sh('kubectl sfl platform eventing set --platform-wide --broker orders')
  await scene.sh('kubectl sfl platform eventing links')
  await scene.sh('kubectl sfl platform eventing set --platform-wide --broker nowhere')
  await scene.sh('kubectl sfl platform eventing unset --platform-wide --yes')
  await scene.sh('kubectl sfl platform eventing prune --yes')
  await scene.sh('kubectl sfl platform eventing links')
  await scene.matches('platform-eventing')
}, 120_000)

test('what could never come up, or may not be done, is refused with the reason', async () => {
  const scene = await stage()
  await scene.sh('kubectl sfl platform create')
  await scene.sh('kubectl sfl platform create main --service nowhere --secret login --broker orders')
  await scene.sh('kubectl sfl platform create main --migration job')
  await scene.sh('kubectl sfl platform describe')
  await scene.sh('kubectl sfl platform services enable data-index')
  await scene.sh('kubectl sfl platform create main --context alice')
  await scene.matches('platform-refused')
  expect(await specOf(scene)).toEqual({})
})

describe.skipIf(!hasKubectl)('with kubectl', () => {
  test('the manifest of a client dry run goes through kubectl apply, and is then what apply would write', async () => {
    const scene = await stage()
    await furnish(scene)
    const flags = '--service postgres --secret login --broker orders'
    await scene.sh(`kubectl sfl platform create main ${flags} --dry-run=client -o yaml | kubectl apply -f -`)
    await scene.sh(`kubectl sfl platform apply main ${flags}`)
    await scene.matches('platform-kubectl')
  })
})
