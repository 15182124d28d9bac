import {isFound, type Lookup} from '../domain/core/seen.js'
import {CUSTOM_RESOURCE} from '../domain/eventing/names.js'
import {typeWithoutDefinition, typesOf, type InstalledType} from '../domain/eventing/source/types.js'
import {type Kind, type KubeObject} from '../domain/core/object.js'
import {type KubeClient, type ListQuery, type RequestOptions} from '../kube/client.js'
import {listAll, tryRead} from './look.js'

/**
 * The kinds whose definition carries a label. Users who may not list definitions get those of `builtIn` that the server
 * serves.
 */
export const installedTypes = async (
  client: KubeClient,
  labelSelector: string,
  builtIn: readonly Kind[],
  options?: RequestOptions,
): Promise<InstalledType[]> => {
  const definitions = await tryRead(listAll(client, {...CUSTOM_RESOURCE, labelSelector}, options))
  if (isFound(definitions)) return typesOf(definitions)
  if (definitions === 'absent') return []
  const versions = [...new Set(builtIn.map(({apiVersion}) => apiVersion))]
  const served = await Promise.all(
    versions.map(async (apiVersion) => {
      const kinds = await tryRead((async () => ({kinds: await client.served(apiVersion, options)}))())
      // Who may not ask either is given the benefit of the doubt: listing will say.
      return builtIn.filter(
        (one) =>
          one.apiVersion === apiVersion &&
          (kinds === 'forbidden' || (isFound(kinds) && kinds.kinds?.some(({kind}) => kind === one.kind))),
      )
    }),
  )
  return served
    .flat()
    .map(typeWithoutDefinition)
    .sort((a, b) => (a.name < b.name ? -1 : 1))
}

/** The objects of one kind, or why they could not be listed. */
export interface Sources {
  type: InstalledType
  found: Lookup<readonly KubeObject[]>
}

/** One list per kind, all at once. */
export const readSources = (
  client: KubeClient,
  types: readonly InstalledType[],
  query: Omit<ListQuery, 'apiVersion' | 'kind'>,
  options?: RequestOptions,
): Promise<Sources[]> =>
  Promise.all(
    types.map(async (type) => {
      const {apiVersion, kind} = type
      return {type, found: await tryRead(listAll(client, {...query, apiVersion, kind}, options))}
    }),
  )
