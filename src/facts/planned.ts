import {mergePatch} from '../domain/core/merge-patch.js'
import {type KubeObject, type Kind, type Manifest, type Ref} from '../domain/core/object.js'
import {type Plan} from '../domain/core/plan.js'
import {isRecord} from '../domain/core/read.js'
import {type KubeClient} from '../kube/client.js'
import {isKubeError} from '../kube/errors.js'

const same = (object: KubeObject, {apiVersion, kind, name, namespace}: Ref): boolean =>
  object.apiVersion === apiVersion &&
  object.kind === kind &&
  object.metadata.name === name &&
  (object.metadata.namespace ?? '') === (namespace ?? '')

const isOf = (object: KubeObject, {apiVersion, kind, namespace}: Kind & {namespace?: string}): boolean =>
  object.apiVersion === apiVersion &&
  object.kind === kind &&
  (namespace === undefined || object.metadata.namespace === namespace)

/** A condition that its controller will have set by the time it is looked at: the plan waits for it. */
const ready = {
  status: {
    conditions: [
      {type: 'Ready', status: 'True'},
      {type: 'Succeed', status: 'True'},
    ],
  },
}

/** What the steps of a plan leave behind, as far as that is known before. */
export const objectsOf = ({steps}: Plan): KubeObject[] =>
  steps.reduce<KubeObject[]>((objects, step) => {
    if (step.verb === 'create' || step.verb === 'apply') {
      const before = step.verb === 'apply' ? step.before : undefined
      const after = before === undefined ? {...ready, ...step.object} : mergePatch(before, step.object)
      return [...objects, asObject(after, step.object)]
    }
    if (step.verb === 'patch') {
      const known = objects.find((object) => same(object, step.ref)) ?? step.before
      return [...objects.filter((object) => object !== known), asObject(mergePatch(known, step.patch), known)]
    }
    return step.verb === 'keep' ? [...objects, step.object] : objects
  }, [])

const asObject = (value: unknown, {apiVersion, kind, metadata}: Manifest): KubeObject => ({
  ...(isRecord(value) ? value : {}),
  apiVersion,
  kind,
  metadata,
})

/**
 * A cluster as it will be once other plans were carried out: reads find what is planned, so that the next part of a set-up
 * is judged on what will be there and not on what is missing today. Nothing can be written through it.
 */
export const withPlanned = (client: KubeClient, planned: readonly KubeObject[]): KubeClient => ({
  get: async (ref, options) => planned.findLast((object) => same(object, ref)) ?? client.get(ref, options),
  async *list(query, options) {
    const extra = query.labelSelector === undefined ? planned.filter((object) => isOf(object, query)) : []
    const isPlanned = (object: KubeObject): boolean =>
      extra.some((one) => same(one, {...query, name: object.metadata.name, ...namespaceOf(object)}))
    try {
      for await (const page of client.list(query, options))
        yield page.last
          ? {...page, items: [...page.items.filter((object) => !isPlanned(object)), ...extra]}
          : {...page, items: page.items.filter((object) => !isPlanned(object))}
    } catch (error) {
      if (extra.length === 0 || !isKubeError(error, 'Forbidden')) throw error
      yield {items: extra, resourceVersion: '', last: true}
    }
  },
  watch: (query, options) => client.watch(query, options),
  logs: (ref, options) => client.logs(ref, options),
  portForward: (pod, port, options) => client.portForward(pod, port, options),
  create: refuse,
  patch: refuse,
  apply: refuse,
  delete: refuse,
  served: (apiVersion, options) => client.served(apiVersion, options),
  can: (question, options) => client.can(question, options),
})

const refuse = (): Promise<never> => Promise.reject(new Error('a planned cluster cannot be written to'))

const namespaceOf = ({metadata: {namespace}}: KubeObject): {namespace?: string} =>
  namespace === undefined ? {} : {namespace}
