import {ownerOf, settingsOf, usedBy, type UsersFacts} from '../../domain/kafka/config/list.js'
import type {KubeObject} from '../../domain/core/object.js'
import {ageColumn, nameColumn} from '../eventing/readiness-columns.js'
import type {Column} from '../table.js'

const NONE = '<none>'

/** The columns of `kafka config list`; wide names the users, and who owns it. */
export const kafkaConfigColumns = (facts: UsersFacts, now: Date, wide: boolean): Array<Column<KubeObject>> => [
  nameColumn,
  {header: 'BOOTSTRAP SERVERS', cell: (object) => settingsOf(object).bootstrapServers || NONE},
  {header: 'PARTITIONS', cell: (object) => settingsOf(object).partitions || NONE},
  {header: 'REPLICATION', cell: (object) => settingsOf(object).replicationFactor || NONE},
  {header: 'AUTH', cell: (object) => settingsOf(object).authSecret || NONE},
  {header: 'USED BY', cell: (object) => usedBy(object, facts, wide)},
  ...(wide ? [{header: 'OWNER', cell: (object: KubeObject) => ownerOf(object) ?? NONE}] : []),
  ageColumn(now),
]
