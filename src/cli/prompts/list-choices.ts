import type {Kind, KubeObject} from '../../domain/core/object.js'
import type {WordedKind} from '../../domain/core/offered.js'
import type {Lookup} from '../../domain/core/seen.js'
import type {KubeClient} from '../../kube/client.js'
import {isKubeError} from '../../kube/errors.js'

/** What there is of a kind, to be chosen from (of Secrets names alone are read, `metadataOnly`); `absent` where the server does not serve it. */
export const existing = async (
  client: KubeClient,
  kind: Kind & {metadataOnly?: boolean},
  namespace: string | undefined,
): Promise<Lookup<readonly KubeObject[]>> => {
  const items: KubeObject[] = []
  try {
    for await (const page of client.list({...kind, ...(namespace === undefined ? {} : {namespace})}))
      items.push(...page.items)
    return items
  } catch (error) {
    if (isKubeError(error, 'Forbidden')) return 'forbidden'
    if (isKubeError(error, 'ResourceNotServed') || isKubeError(error, 'NotFound')) return 'absent'
    throw error
  }
}

/** The objects of several kinds in a namespace, in one round; a kind that is not served or may not be listed has none. */
export const existingOfKinds = async (
  client: KubeClient,
  kinds: readonly WordedKind[],
  namespace: string,
): Promise<ReadonlyArray<{word: string; objects: readonly KubeObject[]}>> =>
  Promise.all(
    kinds.map(async ({word, apiVersion, kind}) => {
      const found = await existing(client, {apiVersion, kind}, namespace)
      return {word, objects: typeof found === 'string' ? [] : found}
    }),
  )
