import {type Finding} from '../../findings/finding.js'
import {finding} from '../../findings/catalogue.js'
import {type KubeObject, type Ref} from '../../core/object.js'
import {type InjectionFacts, type Trigger} from '../broker/facts.js'
import {isFound, type Lookup} from '../../core/seen.js'
import {kubectl, sfl} from '../../core/commands.js'
import {INJECTION, NAMESPACE, triggerRef} from '../names.js'

/** What a command about injection may do, as the server says. */
export interface InjectionRights {
  patchNamespace: boolean
  patchTriggers: boolean
  deleteBroker: boolean
}

/** What the commands about injection need. */
export interface InjectionCommandFacts extends InjectionFacts {
  /** As stored; its labels are among the facts once more. */
  namespace: Lookup<KubeObject>
  /** All triggers of the namespace. */
  triggers: Lookup<readonly Trigger[]>
  rights: InjectionRights
}

export const namespaceRef = (name: string): Ref => ({...NAMESPACE, name})

/** The rights that a plan needs and does not have. */
export const rightsFindings = (
  namespace: string,
  rights: InjectionRights,
  needs: {namespace: boolean; triggers: boolean; broker: boolean},
): Finding[] => [
  ...(needs.namespace && !rights.patchNamespace
    ? [
        finding('SFL-I09', {
          object: namespaceRef(namespace),
          message: `you may not change the labels of namespace ${namespace}`,
          repair: [
            kubectl('auth', 'can-i', 'patch', `namespaces/${namespace}`),
            sfl('broker create', 'default', '-n', namespace),
          ],
        }),
      ]
    : []),
  ...(needs.triggers && !rights.patchTriggers
    ? [
        finding('SFL-I09', {
          message: `you may not change triggers in namespace ${namespace}`,
          repair: kubectl('-n', namespace, 'auth', 'can-i', 'patch', 'triggers.eventing.knative.dev'),
        }),
      ]
    : []),
  ...(needs.broker && !rights.deleteBroker
    ? [
        finding('SFL-I09', {
          message: `you may not delete brokers in namespace ${namespace}`,
          repair: kubectl('-n', namespace, 'auth', 'can-i', 'delete', 'brokers.eventing.knative.dev'),
        }),
      ]
    : []),
]

/** It carries one of the marks, whether anyone acts on them or not. */
export const isMarked = ({labels, annotations}: Pick<Trigger, 'labels' | 'annotations'>): boolean =>
  labels[INJECTION] !== undefined || annotations[INJECTION] !== undefined

export const triggerNamed = (triggers: Lookup<readonly Trigger[]>, name: string): Trigger | undefined =>
  isFound(triggers) ? triggers.find((trigger) => trigger.name === name) : undefined

export const refOfTrigger = ({name, namespace}: Trigger): Ref => triggerRef(name, namespace)
