import {type KubeObject, refOf} from '../../domain/core/object.js'
import {at} from '../../domain/core/read.js'
import {acceptedStatus, kindDefinedBy} from '../kinds/definition.js'
import {type KindRegistry} from '../kinds/kind.js'
import {equal} from '../store/equal.js'
import {type Change, type Objects} from '../store/objects.js'
import {type Controller} from './controller.js'

const isDefinition = ({apiVersion, kind}: KubeObject): boolean =>
  apiVersion.startsWith('apiextensions.k8s.io/') && kind === 'CustomResourceDefinition'

/**
 * Serves what a CustomResourceDefinition defines from the moment it is stored, and no longer when it is deleted: then
 * its objects go with it. (A real server takes a second or two for both.)
 */
export const serveDefinitions = (objects: Objects, registry: KindRegistry): void => {
  objects.onChange(({object, previous, type}: Change) => {
    if (!isDefinition(object)) return
    const known = registry.byResource(object.metadata.name)
    if (type === 'DELETED') {
      if (known === undefined || known.builtin) return
      for (const one of objects.list(known)) objects.remove(known, one)
      registry.remove(known)
      return
    }
    if (known !== undefined && (previous === undefined || equal(at(previous, 'spec'), at(object, 'spec')))) return
    const defined = kindDefinedBy(object)
    if (defined !== undefined) registry.add(defined)
  })
}

/** Says that a new definition is established. */
export const definitionController: Controller = {
  name: 'apiextensions-apiserver',
  wants: ({object, type}) => (isDefinition(object) && type !== 'DELETED' ? [refOf(object)] : []),
  reconcile(ref, cluster) {
    const definition = cluster.get(ref)
    if (definition !== undefined && kindDefinedBy(definition) !== undefined)
      cluster.setStatus(ref, acceptedStatus(definition))
  },
}
