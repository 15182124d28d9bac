import {describe, expect, test} from 'vitest'
import {aSession} from '../../support/session.js'
import {aFurnishedSession, aWorkflow, madeIn} from './scenes.js'

describe('platform services', () => {
  test('enable and disable patch one word, and say what that means', async () => {
    const session = aSession()
    await session.prepare('kubectl sfl platform create main --services data-index')
    await session.given(aWorkflow('greet'))
    await session.type('kubectl sfl platform services enable job-service --wait --wait-timeout 20s')
    await session.type('kubectl sfl platform services enable --all')
    await session.type('kubectl sfl platform services disable jobs-service --dry-run=server --diff')
    await session.type('kubectl sfl platform services disable data-index -o yaml')
    await session.type('kubectl sfl platform services disable data-index')
    await session.matches('platform-services-switch')
    expect(session.writes()).toEqual([
      'patch sonataflow.org/v1alpha08 SonataFlowPlatform demo/main',
      'patch sonataflow.org/v1alpha08 SonataFlowPlatform demo/main dryRun',
      'patch sonataflow.org/v1alpha08 SonataFlowPlatform demo/main dryRun',
      'patch sonataflow.org/v1alpha08 SonataFlowPlatform demo/main',
    ])
  })

  test('say which platform is meant', async () => {
    const session = aSession()
    await session.type('kubectl sfl platform services enable --all')
    await session.prepare('kubectl sfl platform create main --services none')
    await session.type('kubectl sfl platform services enable --all --platform mian')
    await session.type('kubectl sfl platform services enable')
    await session.type('kubectl sfl platform services enable data-index --all')
    await session.type('kubectl sfl platform services enable data-indx')
    await session.type('kubectl sfl platform services remove data-index')
    await session.matches('platform-services-choice')
    expect(session.writes()).toEqual([])
  })

  test('remove says what stays, and with --prune takes it away after a question', async () => {
    const session = aFurnishedSession()
    await session.prepare('kubectl sfl platform create main --broker orders')
    await session.type('kubectl sfl platform services remove job-service')
    await session.type('kubectl sfl platform services remove job-service')
    await session.type('kubectl sfl platform services remove job-service --prune')
    await session.type('kubectl sfl platform services remove job-service --prune', {answers: [true]})
    await session.type('kubectl sfl platform services remove job-service --prune')
    await session.type('kubectl sfl platform services remove --all --prune --dry-run=server')
    await session.type('kubectl sfl platform services remove --all --prune --yes')
    await session.matches('platform-services-remove')
    expect(madeIn(session)).toEqual([])
  })

  test('configure changes what is named, and says what the operator makes of it', async () => {
    const session = aSession()
    await session.prepare('kubectl sfl platform create main')
    await session.type(
      'kubectl sfl platform services configure data-index --replicas 2 --env A=1 --env B=2 --limit cpu=1 --pdb-min-available 50% --wait --wait-timeout 20s',
    )
    await session.type('kubectl sfl platform services configure data-index --env A- --env B=3 --dry-run=server --diff')
    await session.type('kubectl sfl platform services configure data-index --env A- --env B=3 --limit cpu-')
    await session.type('kubectl sfl platform services configure data-index --env A- --env B=3 --limit cpu-')
    await session.type(
      'kubectl sfl platform services configure job-service --replicas 2 --env QUARKUS_DATASOURCE_PASSWORD=x --pdb-max-unavailable 1 --dry-run=server',
    )
    await session.type('kubectl sfl platform services configure job-service --replicas 0 --wait --wait-timeout 20s')
    await session.matches('platform-services-configure')
  })

  test('configure says all that is wrong at once', async () => {
    const session = aSession()
    await session.type('kubectl sfl platform services configure')
    await session.type('kubectl sfl platform services configure data-index')
    await session.type(
      'kubectl sfl platform services configure data-index --replicas -1 --env 1=2 --env A --request cpu=much --pdb-min-available 101% --pdb-max-unavailable x',
    )
    await session.type('kubectl sfl platform services configure data-index --replicas two')
    await session.type('kubectl sfl platform services configure data-index --init-container-file missing.yaml')
    await session.type('kubectl sfl platform services configure data-index --init-container-file odd.yaml', {
      files: {'odd.yaml': 'name: x\n'},
    })
    await session.type('kubectl sfl platform services configure data-index --init-container-file bad.yaml', {
      files: {'bad.yaml': 'a: [1'},
    })
    await session.matches('platform-services-configure-usage')
    expect(session.requests()).toEqual([])
  })
})
