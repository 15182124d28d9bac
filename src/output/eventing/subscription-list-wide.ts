import {deliveryCell} from '../../domain/eventing/delivery/words.js'
import type {KubeObject} from '../../domain/core/object.js'
import {at} from '../../domain/core/read.js'
import {ageColumn, conditionsColumn} from './readiness-columns.js'
import {subscriptionColumns} from './subscription-list.js'
import type {Column} from '../table.js'

/** What kn leaves out. */
export const wideSubscriptionColumns = (now: Date): Array<Column<KubeObject>> => [
  ...subscriptionColumns,
  ageColumn(now),
  conditionsColumn,
  {
    header: 'DELIVERY',
    cell: (subscription) => deliveryCell(at(subscription, 'spec', 'delivery'), subscription.metadata.namespace ?? ''),
  },
]
