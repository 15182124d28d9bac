import {type KubeObject} from '../../domain/core/object.js'
import {isRecord, textAt} from '../../domain/core/read.js'
import {type KindInfo} from '../kinds/kind.js'
import {type Schema} from '../kinds/schema.js'
import {equal} from './equal.js'
import {type Cause, fault} from './fault.js'
import {
  compare,
  decodeSet,
  difference,
  encodeSet,
  expanded,
  type FieldSet,
  fieldsOf,
  intersection,
  isEmptySet,
  membersOf,
  partsOf,
  pathText,
  union,
  without,
} from './field-set.js'
import {omitMeta} from './omit.js'
import {withoutNulls} from './patches.js'

/** Who writes: one entry of `metadata.managedFields`. */
export interface Manager {
  name: string
  operation: 'Apply' | 'Update'
  apiVersion: string
  subresource: string
}

interface Owner extends Manager {
  time: string
  fields: FieldSet
}

/** Fields that belong to the server and never to a manager. */
const serverFields = [
  ['f:apiVersion'],
  ['f:kind'],
  ...[
    'name',
    'namespace',
    'creationTimestamp',
    'selfLink',
    'uid',
    'clusterName',
    'generation',
    'managedFields',
    'resourceVersion',
    'deletionTimestamp',
    'deletionGracePeriodSeconds',
  ].map((field) => ['f:metadata', `f:${field}`]),
]

const strip = (set: FieldSet): FieldSet => {
  const rest = without(set, serverFields)
  const metadata = rest.children.get('f:metadata')
  if (metadata !== undefined) {
    if (metadata.children.size === 0) rest.children.delete('f:metadata')
    else metadata.member = false
  }
  return rest
}

const decode = (object: KubeObject | undefined): Owner[] =>
  (object?.metadata.managedFields ?? []).filter(isRecord).flatMap((entry) => {
    const name = textAt(entry, 'manager')
    const operation = textAt(entry, 'operation')
    if (name === undefined || (operation !== 'Apply' && operation !== 'Update')) return []
    return [
      {
        name,
        operation,
        apiVersion: textAt(entry, 'apiVersion') ?? '',
        subresource: textAt(entry, 'subresource') ?? '',
        time: textAt(entry, 'time') ?? '',
        fields: decodeSet(entry['fieldsV1']),
      },
    ]
  })

const expandedOwners = (kind: KindInfo, owners: readonly Owner[], live: KubeObject | undefined): Owner[] =>
  owners.map((owner) => ({...owner, fields: expanded(owner.fields, live, kind.schema)}))

const keyOf = ({name, operation, apiVersion, subresource}: Manager): string =>
  JSON.stringify([operation, name, operation === 'Apply' ? '' : apiVersion, subresource])

const order = (left: Owner, right: Owner): number => {
  const keys = ({operation, time, name, apiVersion, subresource}: Owner) => [
    operation,
    time,
    name,
    apiVersion,
    subresource,
  ]
  const [a, b] = [keys(left), keys(right)]
  const index = a.findIndex((key, position) => key !== b[position])
  return index < 0 ? 0 : a[index]! < b[index]! ? -1 : 1
}

const encode = (owners: readonly Owner[]): unknown[] =>
  owners
    .filter(({fields}) => !isEmptySet(fields))
    .sort(order)
    .map(({apiVersion, fields, name, operation, subresource, time}) => ({
      apiVersion,
      fieldsType: 'FieldsV1',
      fieldsV1: encodeSet(fields),
      manager: name,
      operation,
      ...(subresource === '' ? {} : {subresource}),
      time,
    }))

const withOwners = (object: KubeObject, owners: readonly Owner[]): KubeObject => {
  const entries = encode(owners)
  const metadata = omitMeta(object.metadata, 'managedFields')
  return {...object, metadata: entries.length === 0 ? metadata : {...metadata, managedFields: entries}}
}

const bare = (object: KubeObject): KubeObject => withOwners(object, [])

/** Built-in kinds are Go structs: their `spec` and `status` are always there and never belong to anybody. */
const nothing = (kind: KindInfo, like: KubeObject): KubeObject => ({
  apiVersion: like.apiVersion,
  kind: like.kind,
  metadata: {name: ''},
  ...(kind.builtin ? {spec: {}, status: {}} : {}),
})

const asStruct = (kind: KindInfo, object: KubeObject): KubeObject =>
  kind.builtin ? {...object, spec: object['spec'] ?? {}, status: object['status'] ?? {}} : object

/** Notes a create or update: what changed now belongs to the manager, and to nobody else. */
export const trackUpdate = (
  kind: KindInfo,
  before: KubeObject | undefined,
  after: KubeObject,
  manager: Manager,
  now: string,
): KubeObject => {
  // A client may rewrite the list itself, as kubectl does when it takes over from client-side apply; `[{}]` empties it.
  const written = after.metadata.managedFields
  const own = written !== undefined && before !== undefined && !equal(written, before.metadata.managedFields)
  const owners = expandedOwners(kind, decode(own ? after : before), before)
  // Objects that were never tracked stay untracked until somebody applies.
  if (before !== undefined && !own && owners.length === 0) return bare(after)
  const change = compare(asStruct(kind, bare(before ?? nothing(kind, after))), asStruct(kind, bare(after)), kind.schema)
  const taken = strip(union(change.modified, change.added))
  const key = keyOf(manager)
  const rest = owners.map((owner) => {
    const mine = keyOf(owner) === key
    const left = difference(owner.fields, mine ? change.removed : union(taken, change.removed))
    const fields = mine ? union(left, taken) : left
    return {...owner, fields, time: mine && !isEmptySet(taken) ? now : owner.time}
  })
  const known = rest.some((owner) => keyOf(owner) === key)
  return withOwners(after, known ? rest : [...rest, {...manager, time: now, fields: taken}])
}

const nameOf = ({name, operation, apiVersion, subresource}: Manager): string =>
  `${JSON.stringify(name)}${subresource === '' ? '' : ` with subresource ${JSON.stringify(subresource)}`}${
    operation === 'Update' ? ` using ${apiVersion}` : ''
  }`

const conflictFault = (conflicts: readonly {owner: Owner; paths: string[]}[]) => {
  const causes: Cause[] = conflicts.flatMap(({owner, paths}) =>
    paths.map((field) => ({reason: 'FieldManagerConflict', message: `conflict with ${nameOf(owner)}`, field})),
  )
  const message =
    causes.length === 1
      ? `Apply failed with 1 conflict: ${causes[0]!.message}: ${causes[0]!.field}`
      : `Apply failed with ${causes.length} conflicts: ${conflicts
          .flatMap(({owner, paths}) => [`conflicts with ${nameOf(owner)}:`, ...paths.map((path) => `- ${path}`)])
          .join('\n')}`
  return fault(409, 'Conflict', message, {causes})
}

/** Lays the applied configuration over the live value: maps and keyed lists are merged, everything else replaced. */
const overlay = (live: unknown, config: unknown, schema: Schema | undefined): unknown => {
  const liveParts = partsOf(live, schema)
  const parts = partsOf(config, schema)
  if (!parts || !liveParts || Array.isArray(live) !== Array.isArray(config)) return config
  const merged = [...new Set([...liveParts.keys(), ...parts.keys()])].map((step) => {
    const mine = parts.get(step)
    const theirs = liveParts.get(step)
    return [
      step,
      mine === undefined ? theirs![0] : theirs === undefined ? mine[0] : overlay(theirs[0], mine[0], mine[1]),
    ] as const
  })
  return Array.isArray(config)
    ? merged.map(([, item]) => item)
    : Object.fromEntries(merged.map(([step, item]) => [step.slice(2), item]))
}

/** Takes away what a manager applied before and does not apply any more, unless somebody else owns it too. */
const prune = (value: unknown, schema: Schema | undefined, gone: FieldSet, kept: FieldSet): unknown => {
  const parts = partsOf(value, schema)
  if (!parts) return value
  const left = [...parts].flatMap(([step, [part, schema]]) => {
    const goneHere = gone.children.get(step)
    const keptHere = kept.children.get(step)
    if (goneHere === undefined) return [[step, part] as const]
    if (keptHere === undefined && (goneHere.member || isEmptySet(goneHere))) return []
    const rest = prune(part, schema, goneHere, keptHere ?? {member: false, children: new Map()})
    const empty = isRecord(rest) && Object.keys(rest).length === 0 && isRecord(part) && Object.keys(part).length > 0
    // A map that only held what was taken away goes with it, but not the map around it.
    return [[step, empty && keptHere === undefined ? null : rest] as const]
  })
  return Array.isArray(value)
    ? left.map(([, item]) => item)
    : Object.fromEntries(left.map(([step, item]) => [step.slice(2), item]))
}

export interface Applied {
  object: KubeObject
  /** False when neither the object nor its owners changed. */
  changed: boolean
}

/** Server-side apply (structured-merge-diff merge/update.go). Conflicts are refused unless `force`. */
export const applyManaged = (
  kind: KindInfo,
  before: KubeObject | undefined,
  config: KubeObject,
  manager: Manager,
  force: boolean,
  now: string,
): Applied => {
  const live = before ?? nothing(kind, config)
  const known = expandedOwners(kind, decode(before), before)
  // What was there before anybody applied belongs to a manager of this name.
  const owners: Owner[] =
    before !== undefined && known.length === 0
      ? [
          {
            name: 'before-first-apply',
            operation: 'Update',
            apiVersion: config.apiVersion,
            subresource: '',
            time: now,
            fields: strip(compare(nothing(kind, before), asStruct(kind, bare(before)), kind.schema).added),
          },
        ]
      : known
  const key = keyOf(manager)
  const last = owners.find((owner) => keyOf(owner) === key)
  const others = owners.filter((owner) => keyOf(owner) !== key)
  const fields = strip(fieldsOf(config, kind.schema))
  const merged = overlay(bare(live), config, kind.schema)
  const kept = [fields, ...others.map((owner) => owner.fields)].reduce(union)
  const gone = last === undefined ? undefined : difference(last.fields, kept)
  const pruned = gone === undefined ? merged : withoutNulls(prune(merged, kind.schema, gone, kept))
  if (!isKube(pruned)) throw new Error('an applied object lost its envelope')
  const change = compare(bare(live), pruned, kind.schema)
  const touched = union(change.modified, change.added)
  const conflicts = others
    .map((owner) => ({owner, paths: membersOf(intersection(owner.fields, touched)).map(pathText)}))
    .filter(({paths}) => paths.length > 0)
    .sort((a, b) => order(a.owner, b.owner))
  if (conflicts.length > 0 && !force) throw conflictFault(conflicts)
  const taken = union(touched, change.removed)
  const left = others.map((owner) => ({...owner, fields: difference(owner.fields, taken)}))
  const sameFields = last !== undefined && equal(encodeSet(last.fields), encodeSet(fields))
  const changed = before === undefined || !sameFields || !equal(bare(before), pruned)
  const time = changed || last === undefined ? now : last.time
  return {object: withOwners(pruned, [...left, {...manager, time, fields}]), changed}
}

const isKube = (value: unknown): value is KubeObject =>
  isRecord(value) &&
  typeof value['apiVersion'] === 'string' &&
  typeof value['kind'] === 'string' &&
  isRecord(value['metadata'])
