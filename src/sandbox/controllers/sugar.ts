import {type KubeObject, refOf} from '../../domain/core/object.js'
import {BROKER, INJECTED, NAMESPACE, TRIGGER} from '../../domain/eventing/names.js'
import {isRecord, listAt, recordAt, textAt} from '../../domain/core/read.js'
import {type EventingConfig, readYaml, systemNamespace} from '../admission/config.js'
import {type ClusterView, type Controller} from './controller.js'

/** A LabelSelector in YAML; an empty text matches nothing, `{}` everything. */
const selects = (yaml: string | undefined, labels: Readonly<Record<string, string>>): boolean => {
  const selector = readYaml(yaml)
  if (!isRecord(selector)) return false
  const equalities = Object.entries(recordAt(selector, 'matchLabels')).every(([key, value]) => labels[key] === value)
  return (
    equalities &&
    listAt(selector, 'matchExpressions').every((expression) => {
      const key = textAt(expression, 'key') ?? ''
      const values = listAt(expression, 'values')
      const label = labels[key]
      switch (textAt(expression, 'operator')) {
        case 'In':
          return label !== undefined && values.includes(label)
        case 'NotIn':
          return label === undefined || !values.includes(label)
        case 'Exists':
          return label !== undefined
        case 'DoesNotExist':
          return label === undefined
        default:
          return false
      }
    })
  )
}

const inject = (cluster: ClusterView, about: KubeObject, namespace: string, name: string): void => {
  if (cluster.get({...BROKER, namespace, name}) !== undefined) return
  const made = cluster.create({...BROKER, metadata: {name, namespace, labels: {[INJECTED]: 'true'}}})
  if (made) cluster.event(about, 'Normal', 'BrokerCreated', 'Default eventing.knative.dev Broker created.')
}

/** Makes brokers for labelled namespaces and triggers, again and again (knative/eventing pkg/reconciler/sugar). */
export const sugarController = (config: EventingConfig): Controller => {
  const selector = (key: string) => config.data(systemNamespace, 'config-sugar')?.[key]
  return {
    name: 'sugar-controller',
    wants({object, type}, cluster) {
      const {namespace, name} = object.metadata
      if ((object.kind === 'Namespace' && object.apiVersion === 'v1') || object.kind === 'Trigger')
        return type === 'DELETED' ? [] : [refOf(object)]
      if (object.kind === 'Broker' && type === 'DELETED' && namespace !== undefined)
        return [
          {...NAMESPACE, name: namespace},
          ...cluster.list(TRIGGER.apiVersion, TRIGGER.kind, namespace).map(refOf),
        ]
      if (object.kind === 'ConfigMap' && name === 'config-sugar')
        return [
          ...cluster.list(NAMESPACE.apiVersion, NAMESPACE.kind).map(refOf),
          ...cluster.list(TRIGGER.apiVersion, TRIGGER.kind).map(refOf),
        ]
      return []
    },
    reconcile(ref, cluster) {
      const object = cluster.get(ref)
      if (object === undefined || object.metadata.deletionTimestamp !== undefined) return
      const labels = object.metadata.labels ?? {}
      if (ref.kind === 'Namespace') {
        if (selects(selector('namespace-selector'), labels)) inject(cluster, object, ref.name, 'default')
        return
      }
      const broker = textAt(object, 'spec', 'broker')
      if (broker !== undefined && selects(selector('trigger-selector'), labels))
        inject(cluster, object, ref.namespace ?? '', broker)
    },
  }
}
