import {describe, expect, test} from 'vitest'
import {type KubeObject} from '../../../src/domain/core/object.js'
import {newestSchema} from '../../../src/domain/sonataflow/generation.js'
import {currentJob, expectedJobName} from '../../../src/domain/sonataflow/migration/job.js'
import {MIGRATION_JOB, migrationJobName} from '../../../src/domain/sonataflow/names.js'
import {
  changes,
  type ChangeName,
  has,
  operatorDeploymentFacts,
  operatorRelease,
  type ReleaseEvidence,
  releaseOf,
} from '../../../src/domain/sonataflow/release.js'

const made = (kind: string, name: string, version?: string, created = '2026-01-01T00:00:00Z'): KubeObject => ({
  apiVersion: kind === 'Job' ? 'batch/v1' : 'apps/v1',
  kind,
  metadata: {
    name,
    namespace: 'shop',
    creationTimestamp: created,
    labels: {
      'app.kubernetes.io/managed-by': 'sonataflow-operator',
      ...(version === undefined ? {} : {'app.kubernetes.io/version': version}),
    },
  },
})
const operatorWith = (settings: object): ReleaseEvidence => ({operator: {settings}})
const old = {...newestSchema, disruptionBudget: false}
const oldest = {...old, migrationStrategy: false}

describe('the release of the operator', () => {
  test.each<[string, ReleaseEvidence, boolean | undefined]>([
    ['nothing is known', {}, undefined],
    ['the CRD knows budgets, which came two weeks before', {schema: newestSchema}, undefined],
    ['the CRD knows no budgets', {schema: old}, false],
    ['the CRD knows no strategies', {schema: oldest}, false],
    ['OLM installed 1.38', operatorWith({olmVersion: '1.38.1'}), true],
    ['OLM installed 1.37', operatorWith({olmVersion: '1.37.0'}), false],
    ['its image is of 1.39', operatorWith({imageTag: '1.39.0'}), true],
    ['its image is of the community’s 10.1', operatorWith({imageTag: '10.1.0'}), false],
    ['a tag that says nothing', operatorWith({imageTag: '2.0.0'}), undefined],
    ['its services were made by 1.38', {deployments: [made('Deployment', 'p-x', '1.38.0')]}, true],
    ['its services were made by main', {deployments: [made('Deployment', 'p-x', 'main')]}, undefined],
    [
      'the proxy of former days',
      operatorWith({containerImages: ['gcr.io/kubebuilder/kube-rbac-proxy:v0.13.1']}),
      false,
    ],
    ['the proxy of today', operatorWith({containerImages: ['quay.io/brancz/kube-rbac-proxy:v0.13.1']}), true],
    ['a Job with a hash', {jobs: [made('Job', migrationJobName('main'), 'main')]}, true],
    ['a Job without one', {jobs: [made('Job', MIGRATION_JOB, 'main')]}, false],
    [
      'a Job of before the upgrade does not count against the version',
      {deployments: [made('Deployment', 'p-x', '1.38.0')], jobs: [made('Job', MIGRATION_JOB, '1.37.0', '2025-01-01')]},
      true,
    ],
  ])('%s: whether the name of the migration Job has a hash is %#', (_, evidence, expected) => {
    expect(has('versionedMigrationJob', operatorRelease(evidence))).toBe(expected)
  })

  test('each recorded operator has exactly the changes that are older than it', () => {
    const known = (day: string) =>
      Object.keys(changes).filter((name) => has(name as ChangeName, releaseOf(day)) === true).length
    expect([known('2024-11-14'), known('2026-03-06'), known('2026-06-29')]).toEqual([
      0,
      Object.keys(changes).length - 1,
      Object.keys(changes).length,
    ])
  })

  test('the ClusterServiceVersion that owns the Deployment tells the version', () => {
    const deployment = {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: {name: 'logic-operator', labels: {'olm.owner': 'logic-operator-rhel8.v1.36.0'}},
    }
    expect(operatorDeploymentFacts(deployment).olmVersion).toBe('1.36.0')
  })
})

describe('the migration Job that counts', () => {
  const named = (evidence: ReleaseEvidence & {jobs: readonly KubeObject[]}) =>
    currentJob(evidence.jobs, operatorRelease(evidence))?.metadata.name
  const main = made('Job', migrationJobName('main'), 'main', '2026-05-01T00:00:00Z')

  test('of an operator that compiles in "main", whatever the tag of its image is, is found by its own label', () => {
    expect(named({...operatorWith({imageTag: '2.0.0'}), jobs: [main]})).toBe('sonataflow-db-migrator-job-ea90e208')
  })

  test('of an operator until March 2026 has no hash', () => {
    expect(named({...operatorWith({imageTag: 'main'}), schema: newestSchema, jobs: [made('Job', MIGRATION_JOB)]})).toBe(
      MIGRATION_JOB,
    )
  })

  test('after an upgrade is the one of the version that looked last', () => {
    const before = made('Job', migrationJobName('1.38.0'), '1.38.0', '2026-04-01T00:00:00Z')
    const after = made('Job', migrationJobName('1.39.0'), '1.39.0', '2026-05-01T00:00:00Z')
    expect(named({jobs: [after, before]})).toBe(after.metadata.name)
    expect(named({jobs: [before, made('Job', MIGRATION_JOB, '1.37.0')]})).toBe(before.metadata.name)
  })

  test('has a name that is not known before the operator has made something', () => {
    expect(
      expectedJobName(operatorRelease({schema: newestSchema, ...operatorWith({imageTag: '1.38.0'})})),
    ).toBeUndefined()
    expect(expectedJobName(operatorRelease({schema: old}))).toBe(MIGRATION_JOB)
  })
})
