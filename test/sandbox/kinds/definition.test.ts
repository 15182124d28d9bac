import {describe, expect, test} from 'vitest'
import {KNATIVE_EVENTING, KNATIVE_KAFKA} from '../../../src/domain/eventing/names.js'
import {listAt, textAt} from '../../../src/domain/core/read.js'
import {installedKinds, layouts} from '../../../src/sandbox/kinds/all.js'
import {definitionOf, kindDefinedBy} from '../../../src/sandbox/kinds/definition.js'
import {knativeKafka} from '../../../src/sandbox/kinds/operators.js'
import {demo} from '../manifests.js'

const served = layouts.flatMap((layout) => installedKinds({}, layout).filter(({builtin}) => !builtin))

test.each(served.map((kind) => [kind.kind, kind] as const))('%s is what its definition says', (_, kind) => {
  const read = kindDefinedBy(structuredClone(definitionOf(kind)))
  expect({...read, crdLabels: read?.crdLabels}).toEqual({...kind, crdLabels: kind.crdLabels})
})

const names = async (layout: 'knative' | 'operator' | 'openshift') => {
  const client = demo({layout}).client()
  const kinds = await Promise.all([KNATIVE_EVENTING, KNATIVE_KAFKA].map(({apiVersion}) => client.served(apiVersion)))
  return kinds.map((answer) => answer?.map(({kind}) => kind))
}

describe('a layout', () => {
  test.each([
    ['knative', [undefined, undefined]],
    ['operator', [['KnativeEventing'], undefined]],
    ['openshift', [['KnativeEventing'], ['KnativeKafka']]],
  ] as const)('%s serves its operators’ kinds and no others', async (layout, expected) => {
    expect(await names(layout)).toEqual(expected)
  })

  test('openshift prunes what only the operator of knative.dev has', async () => {
    const ref = {...KNATIVE_EVENTING, namespace: 'knative-eventing', name: 'knative-eventing'}
    const patch = {spec: {version: '1.20', sinkBindingSelectionMode: 'inclusion'}}
    const openshift = await demo({layout: 'openshift'}).client().patch(ref, patch, {fieldValidation: 'Ignore'})
    expect(openshift['spec']).toEqual({sinkBindingSelectionMode: 'inclusion'})
    const upstream = await demo({layout: 'operator'}).client().patch(ref, patch)
    expect(upstream['spec']).toEqual({sinkBindingSelectionMode: 'inclusion', version: '1.20'})
  })
})

describe('a definition that somebody creates', () => {
  const widget = {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: {name: 'widgets.example.com'},
    spec: {
      group: 'example.com',
      scope: 'Namespaced',
      names: {plural: 'widgets', singular: 'widget', kind: 'Widget', listKind: 'WidgetList', shortNames: ['wd']},
      versions: [
        {
          name: 'v1',
          served: true,
          storage: true,
          schema: {
            openAPIV3Schema: {
              type: 'object',
              properties: {
                spec: {type: 'object', required: ['size'], properties: {size: {type: 'integer', default: 3}}},
              },
            },
          },
        },
      ],
    },
  }
  const thing = {apiVersion: 'example.com/v1', kind: 'Widget', metadata: {name: 'w', namespace: 'demo'}, spec: {}}

  test('is served, with its defaults, checks and pruning', async () => {
    const sandbox = demo()
    const client = sandbox.client()
    await client.create(widget)
    expect((await client.create(thing))['spec']).toEqual({size: 3})
    await expect(
      client.create({...thing, metadata: {...thing.metadata, name: 'x'}, spec: {size: 'big'}}),
    ).rejects.toThrow('spec.size in body must be of type integer')
    await sandbox.settle()
    const found = await client.get({apiVersion: widget.apiVersion, kind: widget.kind, name: widget.metadata.name})
    expect(listAt(found, 'status', 'conditions').map((one) => textAt(one, 'type'))).toEqual([
      'NamesAccepted',
      'Established',
    ])
  })

  test('takes its objects along when it is deleted', async () => {
    const sandbox = demo()
    const client = sandbox.client()
    await client.create(widget)
    await client.create(thing)
    await client.delete({apiVersion: widget.apiVersion, kind: widget.kind, name: widget.metadata.name})
    expect(await client.served('example.com/v1')).toBeUndefined()
    expect(sandbox.snapshot().filter(({kind}) => kind === 'Widget')).toEqual([])
  })

  test('of KnativeKafka brings its operator along', async () => {
    const sandbox = demo({layout: 'operator'})
    const client = sandbox.client()
    await client.create(definitionOf(knativeKafka))
    await client.create({
      ...KNATIVE_KAFKA,
      metadata: {name: 'k', namespace: 'knative-eventing'},
      spec: {
        channel: {enabled: false},
        source: {enabled: false},
        broker: {enabled: true, defaultConfig: {bootstrapServers: 'a:1'}},
      },
    })
    await sandbox.settle()
    const config = await client.get({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      namespace: 'knative-eventing',
      name: 'kafka-broker-config',
    })
    expect(config['data']).toMatchObject({'bootstrap.servers': 'a:1'})
    expect(config.metadata.ownerReferences).toMatchObject([{kind: 'KnativeKafka'}])
  })
})
