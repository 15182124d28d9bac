import {groupOf, type Kind} from '../../domain/core/object.js'
import {rowOf} from '../../domain/kinds/registry.js'
import {type Schema} from './schema.js'

/** A column of the server-side Table: a path into the object as CRDs write it, or what `table.ts` knows to compute. */
export interface Column {
  name: string
  type: 'string' | 'integer' | 'date'
  jsonPath: string
  /** 0: always shown, 1: with `-o wide`. */
  priority?: number
}

/** One resource as the API server serves it; all versions share the schema, only `apiVersion` differs. */
export interface KindInfo {
  group: string
  /** The storage version first. */
  versions: readonly string[]
  kind: string
  plural: string
  singular: string
  shortNames: readonly string[]
  categories: readonly string[]
  namespaced: boolean
  /** Has a `status` subresource: writes to the main resource leave the status alone, and the other way round. */
  status: boolean
  /** Compiled into the API server: own decoding errors, strategic merge, no `generation` unless it has a spec. */
  builtin: boolean
  columns: readonly Column[]
  schema: Schema
  /** Labels of its CustomResourceDefinition. */
  crdLabels?: Readonly<Record<string, string>>
}

export interface KindDraft extends Partial<Omit<KindInfo, 'group' | 'versions' | 'kind' | 'plural' | 'schema'>> {
  group: string
  versions: readonly string[]
  kind: string
  plural: string
  schema: Schema
}

export const kindOf = (draft: KindDraft): KindInfo => ({
  singular: draft.kind.toLowerCase(),
  shortNames: [],
  categories: [],
  namespaced: true,
  status: false,
  builtin: false,
  columns: [],
  ...draft,
})

type ServedDraft = Pick<KindDraft, 'schema'> &
  Partial<Pick<KindInfo, 'versions' | 'categories' | 'status' | 'columns' | 'crdLabels'>>

/** A kind of the registry, with what only its server knows: its schema, its columns, its categories. */
export const served = (kind: Kind, draft: ServedDraft): KindInfo => {
  const row = rowOf(kind)
  if (row === undefined) throw new Error(`no row in the registry of kinds for ${kind.kind} of ${kind.apiVersion}`)
  const {group, versions, plural, singular, shortNames, namespaced, from} = row
  const names = {group, versions, kind: row.kind, plural, singular, shortNames, namespaced}
  return kindOf({...names, builtin: from === 'kubernetes', ...draft})
}

/** `brokers.eventing.knative.dev`, `configmaps`: how error texts and the store call a resource. */
export const resourceOf = ({group, plural}: Pick<KindInfo, 'group' | 'plural'>): string =>
  group === '' ? plural : `${plural}.${group}`

/** `Broker.eventing.knative.dev`, `ConfigMap` */
export const groupKindOf = ({group, kind}: Pick<KindInfo, 'group' | 'kind'>): string =>
  group === '' ? kind : `${kind}.${group}`

export const apiVersionOf = (kind: KindInfo, version: string): string =>
  kind.group === '' ? version : `${kind.group}/${version}`

export const storageVersion = (kind: KindInfo): string => apiVersionOf(kind, kind.versions[0]!)

export const versionOf = (apiVersion: string): string => apiVersion.slice(apiVersion.indexOf('/') + 1)

/** What the server serves; looked up by kind (manifests) or by plural (paths). */
export class KindRegistry {
  constructor(private served: readonly KindInfo[]) {}

  get kinds(): readonly KindInfo[] {
    return this.served
  }

  /** Serves a kind from now on; one of the same resource is replaced. */
  add(kind: KindInfo): void {
    this.served = [...this.served.filter((known) => resourceOf(known) !== resourceOf(kind)), kind]
  }

  remove(kind: KindInfo): void {
    this.served = this.served.filter((known) => known !== kind)
  }

  byKind(apiVersion: string, kind: string): KindInfo | undefined {
    const version = versionOf(apiVersion)
    const group = groupOf(apiVersion)
    return this.kinds.find((known) => known.group === group && known.kind === kind && known.versions.includes(version))
  }

  byPlural(group: string, version: string, plural: string): KindInfo | undefined {
    return this.kinds.find(
      (known) => known.group === group && known.plural === plural && known.versions.includes(version),
    )
  }

  /** Of any version: owner references and events may name an old one. */
  byGroupKind(group: string, kind: string): KindInfo | undefined {
    return this.kinds.find((known) => known.group === group && known.kind === kind)
  }

  byResource(resource: string): KindInfo | undefined {
    return this.kinds.find((known) => resourceOf(known) === resource)
  }

  inVersion(group: string, version: string): KindInfo[] {
    return this.kinds.filter((known) => known.group === group && known.versions.includes(version))
  }
}
