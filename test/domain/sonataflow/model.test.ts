import {describe, expect, test} from 'vitest'
import {generationText, readPlatformSchema} from '../../../src/domain/sonataflow/generation.js'
import {readPlatform} from '../../../src/domain/sonataflow/model.js'
import {unknownFields} from '../../../src/domain/sonataflow/platform/unknown-fields.js'
import {hasCredentials, maskedUrl} from '../../../src/domain/sonataflow/effective/persistence.js'
import {platformObject} from './platforms.js'

const crd = (persistence: object, podTemplate: object, version: object = {name: 'v1alpha08', served: true}) => ({
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: {name: 'sonataflowplatforms.sonataflow.org'},
  spec: {
    versions: [
      {
        ...version,
        schema: {
          openAPIV3Schema: {
            properties: {
              spec: {
                properties: {
                  services: {
                    properties: {
                      dataIndex: {
                        properties: {
                          persistence: {properties: persistence},
                          podTemplate: {properties: podTemplate},
                        },
                      },
                    },
                  },
                },
              },
            },
          },
        },
      },
    ],
  },
})

describe('which operators a CRD belongs to', () => {
  test.each([
    [{migrateDBOnStartUp: {}}, {}, 'OpenShift Serverless Logic 1.35 or older'],
    [{dbMigrationStrategy: {}}, {}, 'OpenShift Serverless Logic 1.36 or 1.37'],
    [{dbMigrationStrategy: {}}, {podDisruptionBudget: {}}, 'OpenShift Serverless Logic 1.38 or newer'],
  ])('persistence %o and podTemplate %o: %s', (persistence, podTemplate, text) => {
    const schema = readPlatformSchema(crd(persistence, podTemplate))
    expect(schema.served).toBe(true)
    expect(generationText(schema)).toBe(text)
  })

  test('another version, or one that is not served, is not ours', () => {
    expect(readPlatformSchema(crd({}, {}, {name: 'v1beta1', served: true})).served).toBe(false)
    expect(readPlatformSchema(crd({}, {}, {name: 'v1alpha08', served: false})).served).toBe(false)
  })
})

test('what is of another shape than it should be counts as not there', () => {
  const platform = readPlatform(
    platformObject(
      {
        services: {
          dataIndex: {enabled: 'yes', persistence: [], podTemplate: {replicas: '2', container: 'x'}},
          jobService: 7,
        },
        persistence: {postgresql: 'x'},
        eventing: {broker: ['x']},
      },
      {status: {triggers: [{name: 'x'}, 3], clusterPlatformRef: 'x', conditions: 'none'}},
    ),
  )
  expect(platform.services).toEqual({
    dataIndex: {podTemplate: {env: [], requests: {}, limits: {}, container: {}, podSpec: {}}},
  })
  expect([platform.postgresql, platform.broker, platform.status.succeed]).toEqual([undefined, undefined, undefined])
  expect(platform.status.triggers).toEqual([])
})

test('the status is read: duplicates, the generation, triggers, migration, the platform of the cluster', () => {
  const {status} = readPlatform(
    platformObject(
      {},
      {
        metadata: {generation: 2},
        status: {
          observedGeneration: 1,
          cluster: 'openshift',
          conditions: [{type: 'Succeed', status: 'False', reason: 'Duplicated'}],
          triggers: [{name: 't', namespace: 'n'}],
          sonataFlowPlatformDBMigrationPhase: {dbMigrationStatus: 'Succeeded', message: 'm', reason: 'r'},
          clusterPlatformRef: {
            name: 'c',
            platformRef: {name: 'main', namespace: 'services'},
            services: {jobServiceRef: {url: 'http://j'}},
          },
        },
      },
    ),
  )
  expect(status).toEqual({
    succeed: {status: 'False', reason: 'Duplicated'},
    duplicated: true,
    observed: false,
    cluster: 'openshift',
    clusterPlatform: {name: 'c', platform: {name: 'main', namespace: 'services'}, urls: {jobService: 'http://j'}},
    triggers: [{name: 't', namespace: 'n'}],
    migration: {status: 'Succeeded', message: 'm', reason: 'r'},
  })
})

test('unknown fields are found at any depth, and free-form ones are left alone', () => {
  const schema = {
    properties: {
      list: {items: {properties: {a: {type: 'string'}}}},
      free: {'x-kubernetes-preserve-unknown-fields': true, properties: {}},
      map: {additionalProperties: {properties: {b: {}}}},
      amount: {'x-kubernetes-int-or-string': true},
    },
  }
  expect(
    unknownFields(
      {list: [{a: '1'}, {z: 1}], free: {x: {y: 1}}, map: {k: {b: 1, c: 2}}, amount: 1, other: 1},
      schema,
      'spec',
    ),
  ).toEqual(['spec.list[1].z', 'spec.map.k.c', 'spec.other'])
})

test.each([
  ['jdbc:postgresql://h:5432/d?currentSchema=s', 'jdbc:postgresql://h:5432/d?currentSchema=s', false],
  ['jdbc:postgresql://u:pw@h/d', 'jdbc:postgresql://u:***@h/d', true],
  ['jdbc:postgresql://u@h/d', 'jdbc:postgresql://u@h/d', true],
  ['jdbc:postgresql://h/d?user=u&password=pw&ssl=true', 'jdbc:postgresql://h/d?user=u&password=***&ssl=true', true],
])('the URL %s is shown as %s', (url, masked, credentials) => {
  expect([maskedUrl(url), hasCredentials(url)]).toEqual([masked, credentials])
})
