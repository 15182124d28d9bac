import {
  chooseTarget,
  type ConfigMapPlace,
  type WriteTarget,
  type WriteTargetFacts,
} from '../write-target/write-target.js'

/** `KnativeKafka knative-eventing/knative-kafka`: the resource of an operator behind a ConfigMap, or the ConfigMap. */
export const writerOf = ({via, object, place}: WriteTarget): string =>
  via === 'config-map' || object === undefined
    ? `ConfigMap ${place.namespace}/${place.name}`
    : `${object.kind} ${object.metadata.namespace ?? ''}/${object.metadata.name}`

/** Who writes a ConfigMap, for people who want to know where a change belongs. */
export const writtenBy = (place: ConfigMapPlace, facts: WriteTargetFacts): string => {
  const {target} = chooseTarget(place, facts)
  if (target === undefined) return 'an operator, whose resource cannot be read (no permission)'
  return target.via === 'config-map'
    ? 'no operator; changes of the ConfigMap last'
    : `${writerOf(target)}, whose operator undoes changes of the ConfigMap`
}
