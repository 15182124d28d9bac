import {type KubeObject} from '../../core/object.js'
import {recordAt} from '../../core/read.js'

const texts = ['timeout', 'backoffPolicy', 'backoffDelay', 'retryAfterMax', 'format']

/** What the schema of the kind refuses before any webhook sees it: delivery settings of the wrong type, as YAML makes them. */
export const typeFaults = (manifest: KubeObject): string[] => {
  const delivery = recordAt(manifest, 'spec', 'delivery')
  const {retry} = delivery
  return [
    ...(retry === undefined || Number.isInteger(retry)
      ? []
      : [`spec.delivery.retry must be a whole number, not ${JSON.stringify(retry)}`]),
    ...texts
      .filter((field) => delivery[field] !== undefined && typeof delivery[field] !== 'string')
      .map((field) => `spec.delivery.${field} must be a text, not ${JSON.stringify(delivery[field])}`),
  ]
}
