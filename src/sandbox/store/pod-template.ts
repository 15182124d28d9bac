import {at, listAt, textAt} from '../../domain/core/read.js'
import {type KubeObject} from '../../domain/core/object.js'
import {type KindInfo} from '../kinds/kind.js'
import {type Cause, invalidValue} from './fault.js'
import {configKey, configKeyText, isSubdomain, subdomainText} from './names.js'

/** References to keys in the environment of a pod template's containers (kubernetes pkg/apis/core/validation). */
export const podTemplateCauses = (kind: KindInfo, object: KubeObject): Cause[] => {
  if (!kind.builtin || (kind.group !== 'apps' && kind.group !== 'batch')) return []
  return (['initContainers', 'containers'] as const).flatMap((list) =>
    listAt(object, 'spec', 'template', 'spec', list).flatMap((container, index) =>
      listAt(container, 'env').flatMap((variable, position) =>
        (['secretKeyRef', 'configMapKeyRef'] as const).flatMap((source): Cause[] => {
          const reference = at(variable, 'valueFrom', source)
          if (reference === undefined) return []
          const path = `spec.template.spec.${list}[${index}].env[${position}].valueFrom.${source}`
          const [name = '', key = ''] = [textAt(reference, 'name'), textAt(reference, 'key')]
          return [
            ...(isSubdomain.test(name) ? [] : [invalidValue(`${path}.name`, name, subdomainText)]),
            ...(configKey.test(key) ? [] : [invalidValue(`${path}.key`, key, configKeyText)]),
          ]
        }),
      ),
    ),
  )
}
