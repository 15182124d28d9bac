import {type KubeObject} from '../../../src/domain/core/object.js'

/** What one would send to create this object. */
export const draftOf = (object: KubeObject): KubeObject => {
  const {status: _, apiVersion, kind, metadata, ...rest} = object
  const {name, namespace = '', labels, annotations, ownerReferences} = metadata
  return {
    ...rest,
    apiVersion,
    kind,
    metadata: {
      name,
      namespace,
      ...(labels && {labels}),
      ...(annotations && {annotations}),
      ...(ownerReferences && {ownerReferences}),
    },
  }
}
