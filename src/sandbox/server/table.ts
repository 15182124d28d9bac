import {type KubeObject} from '../../domain/core/object.js'
import {type Column, type KindInfo} from '../kinds/kind.js'
import {cell} from './printer-columns.js'

const nameColumn = {
  name: 'Name',
  type: 'string',
  format: 'name',
  description: 'Name must be unique within a namespace.',
  priority: 0,
}

// A kind without columns of its own shows its age.
const ageOnly: readonly Column[] = [{name: 'Age', type: 'date', jsonPath: '.metadata.creationTimestamp'}]
const columnsOf = (kind: KindInfo) => (kind.columns.length > 0 ? kind.columns : ageOnly)
// Events are the only kind whose first column is not their name.
const isNamed = (kind: KindInfo) => !(kind.group === '' && kind.kind === 'Event')

const definitions = (kind: KindInfo) => [
  ...(isNamed(kind) ? [nameColumn] : []),
  ...columnsOf(kind).map(({name, type, jsonPath, priority = 0}) => ({
    name,
    type,
    format: '',
    description:
      jsonPath === '' || kind.builtin ? name : `Custom resource definition column (in JSONPath format): ${jsonPath}`,
    priority,
  })),
]

export interface TableOptions {
  includeObject: string | null
  now: Date
  /** Watches send the column definitions with their first event only. */
  headed: boolean
  metadata: Record<string, unknown>
}

/** The server-side Table of `kubectl get`. */
export const tableOf = (kind: KindInfo, objects: readonly KubeObject[], options: TableOptions): unknown => ({
  kind: 'Table',
  apiVersion: 'meta.k8s.io/v1',
  metadata: options.metadata,
  columnDefinitions: options.headed ? definitions(kind) : null,
  rows: objects.map((object) => ({
    cells: [
      ...(isNamed(kind) ? [object.metadata.name] : []),
      ...columnsOf(kind).map((column) => cell(object, column, kind.builtin, options.now)),
    ],
    object: rowObject(object, options.includeObject),
  })),
})

const rowObject = (object: KubeObject, include: string | null): unknown => {
  if (include === 'None') return null
  if (include === 'Object') return object
  return {kind: 'PartialObjectMetadata', apiVersion: 'meta.k8s.io/v1', metadata: object.metadata}
}
