import {apiVersionOf, type KindInfo, type KindRegistry} from '../kinds/kind.js'
import {verbs} from '../client.js'

/** Resources that are only asked, never stored. */
interface Virtual {
  group: string
  version: string
  kind: string
  plural: string
}

export const virtualKinds: readonly Virtual[] = [
  {
    group: 'authorization.k8s.io',
    version: 'v1',
    kind: 'SelfSubjectAccessReview',
    plural: 'selfsubjectaccessreviews',
  },
  {group: 'authorization.k8s.io', version: 'v1', kind: 'SelfSubjectRulesReview', plural: 'selfsubjectrulesreviews'},
  {group: 'authentication.k8s.io', version: 'v1', kind: 'SelfSubjectReview', plural: 'selfsubjectreviews'},
]

const groupsOf = (registry: KindRegistry): Map<string, string[]> => {
  const groups = new Map<string, string[]>()
  const add = (group: string, version: string) => {
    const versions = groups.get(group) ?? []
    if (!versions.includes(version)) versions.push(version)
    groups.set(group, versions)
  }
  for (const {group, versions} of registry.kinds) for (const version of versions) add(group, version)
  for (const {group, version} of virtualKinds) add(group, version)
  // The best version first: v1 before v1beta2 before v1beta1.
  for (const versions of groups.values()) versions.sort((a, b) => rank(b) - rank(a))
  return groups
}

const rank = (version: string): number => {
  const [, major = '0', stage, minor = '0'] = /^v(\d+)(?:(alpha|beta)(\d+))?$/.exec(version) ?? []
  return (stage === undefined ? 2 : stage === 'beta' ? 1 : 0) * 10_000 + Number(major) * 100 + Number(minor)
}

const entryOf = (kind: KindInfo) => ({
  name: kind.plural,
  singularName: kind.singular,
  namespaced: kind.namespaced,
  kind: kind.kind,
  verbs,
  ...(kind.shortNames.length > 0 ? {shortNames: kind.shortNames} : {}),
  ...(kind.categories.length > 0 ? {categories: kind.categories} : {}),
})

const statusVerbs = ['get', 'patch', 'update']

/** `/api/v1`, `/apis/GROUP/VERSION`; `undefined` when not served. */
export const resourceList = (registry: KindRegistry, group: string, version: string): unknown => {
  const kinds = registry.inVersion(group, version)
  const virtual = virtualKinds.filter((kind) => kind.group === group && kind.version === version)
  if (kinds.length + virtual.length === 0) return undefined
  return {
    kind: 'APIResourceList',
    apiVersion: 'v1',
    groupVersion: group === '' ? version : `${group}/${version}`,
    resources: [
      ...kinds.flatMap((kind) => [
        entryOf(kind),
        ...(kind.status
          ? [
              {
                name: `${kind.plural}/status`,
                singularName: '',
                namespaced: kind.namespaced,
                kind: kind.kind,
                verbs: statusVerbs,
              },
            ]
          : []),
      ]),
      ...virtual.map(({kind, plural}) => ({
        name: plural,
        singularName: kind.toLowerCase(),
        namespaced: false,
        kind,
        verbs: ['create'],
      })),
    ],
  }
}

const groupEntry = (group: string, versions: readonly string[]) => {
  const entries = versions.map((version) => ({groupVersion: `${group}/${version}`, version}))
  return {name: group, versions: entries, preferredVersion: entries[0]}
}

/** `/apis` */
export const groupList = (registry: KindRegistry): unknown => ({
  kind: 'APIGroupList',
  apiVersion: 'v1',
  groups: [...groupsOf(registry)]
    .filter(([group]) => group !== '')
    .map(([group, versions]) => groupEntry(group, versions)),
})

/** `/apis/GROUP` */
export const groupOnly = (registry: KindRegistry, group: string): unknown => {
  const versions = groupsOf(registry).get(group)
  return versions && {kind: 'APIGroup', apiVersion: 'v1', ...groupEntry(group, versions)}
}

/** Aggregated discovery (apidiscovery.k8s.io/v2): everything below `/api` or `/apis` in one answer. */
export const aggregated = (registry: KindRegistry, core: boolean): unknown => ({
  kind: 'APIGroupDiscoveryList',
  apiVersion: 'apidiscovery.k8s.io/v2',
  metadata: {},
  items: [...groupsOf(registry)]
    .filter(([group]) => (group === '') === core)
    .map(([group, versions]) => ({
      metadata: {name: group, creationTimestamp: null},
      versions: versions.map((version) => ({
        version,
        freshness: 'Current',
        resources: [
          ...registry.inVersion(group, version).map((kind) => ({
            resource: kind.plural,
            responseKind: {group, version, kind: kind.kind},
            scope: kind.namespaced ? 'Namespaced' : 'Cluster',
            singularResource: kind.singular,
            verbs,
            ...(kind.shortNames.length > 0 ? {shortNames: kind.shortNames} : {}),
            ...(kind.categories.length > 0 ? {categories: kind.categories} : {}),
            ...(kind.status
              ? {
                  subresources: [
                    {subresource: 'status', responseKind: {group, version, kind: kind.kind}, verbs: statusVerbs},
                  ],
                }
              : {}),
          })),
          ...virtualKinds
            .filter((kind) => kind.group === group && kind.version === version)
            .map(({kind, plural}) => ({
              resource: plural,
              responseKind: {group, version, kind},
              scope: 'Cluster',
              singularResource: kind.toLowerCase(),
              verbs: ['create'],
            })),
        ],
      })),
    })),
})

const parameter = (name: string, type: string) => ({name, in: 'query', schema: {type, uniqueItems: true}})
const writeParameters = [
  parameter('dryRun', 'string'),
  parameter('fieldManager', 'string'),
  parameter('fieldValidation', 'string'),
]

/** `/openapi/v3`: which documents there are. */
export const openapiIndex = (registry: KindRegistry): unknown => ({
  paths: Object.fromEntries(
    [...groupsOf(registry)].flatMap(([group, versions]) =>
      versions.map((version) => {
        const path = group === '' ? `api/${version}` : `apis/${group}/${version}`
        return [path, {serverRelativeURL: `/openapi/v3/${path}?hash=SANDBOX`}]
      }),
    ),
  ),
})

/** `/openapi/v3/apis/GROUP/VERSION`: schemas, and that writes take `fieldValidation`. */
export const openapiDocument = (registry: KindRegistry, group: string, version: string): unknown => {
  const kinds = registry.inVersion(group, version)
  const prefix = group === '' ? `/api/${version}` : `/apis/${group}/${version}`
  const name = (kind: KindInfo) => `${group === '' ? 'core' : group}.${version}.${kind.kind}`
  const gvk = (kind: KindInfo) => ({group, version, kind: kind.kind})
  return {
    openapi: '3.0.0',
    info: {title: 'Kubernetes', version: 'v1.31.0'},
    paths: Object.fromEntries(
      kinds.flatMap((kind) => {
        const collection = `${prefix}${kind.namespaced ? '/namespaces/{namespace}' : ''}/${kind.plural}`
        const operation = (action: string) => ({
          'x-kubernetes-action': action,
          'x-kubernetes-group-version-kind': gvk(kind),
          parameters: writeParameters,
          responses: {200: {description: 'OK'}},
        })
        return [
          [collection, {post: operation('post')}],
          [`${collection}/{name}`, {put: operation('put'), patch: operation('patch')}],
        ]
      }),
    ),
    components: {
      schemas: Object.fromEntries(
        kinds.map((kind) => [name(kind), {...kind.schema, 'x-kubernetes-group-version-kind': [gvk(kind)]}]),
      ),
    },
  }
}

/** `/openapi/v2`, for clients from before v3. */
export const openapiV2 = (registry: KindRegistry): unknown => {
  const documents = registry.kinds.flatMap((kind) => kind.versions.map((version) => ({kind, version})))
  return {
    swagger: '2.0',
    info: {title: 'Kubernetes', version: 'v1.31.0'},
    paths: Object.fromEntries(
      documents.map(({kind, version}) => [
        `/${kind.group === '' ? 'api' : `apis/${kind.group}`}/${version}${kind.namespaced ? '/namespaces/{namespace}' : ''}/${kind.plural}/{name}`,
        {
          patch: {
            'x-kubernetes-action': 'patch',
            'x-kubernetes-group-version-kind': {group: kind.group, version, kind: kind.kind},
            parameters: writeParameters.map(({schema, ...rest}) => ({...rest, type: schema.type})),
            responses: {200: {description: 'OK'}},
          },
        },
      ]),
    ),
    definitions: Object.fromEntries(
      documents.map(({kind, version}) => [
        `${apiVersionOf(kind, version).replaceAll('/', '.')}.${kind.kind}`,
        {
          type: 'object',
          'x-kubernetes-group-version-kind': [{group: kind.group, version, kind: kind.kind}],
        },
      ]),
    ),
  }
}
