import {type AccessQuestion} from '../../kube/client.js'
import {type ApiFault, fault, forbidden} from './fault.js'
import {type Target, type User} from './request.js'

/** May this user do that? The admin may everything, `alice` nothing; tests may say otherwise. */
export type Access = (user: string, question: AccessQuestion) => boolean

export const admin: User = {name: 'admin', groups: ['system:masters', 'system:authenticated']}
export const alice: User = {name: 'alice', groups: ['developers', 'system:authenticated']}
export const anonymous: User = {name: 'system:anonymous', groups: ['system:unauthenticated']}

export const userNamed = (name: string): User =>
  name === admin.name ? admin : name === alice.name ? alice : {name, groups: ['system:authenticated']}

/** A stand-in controller, acting under its service account. */
export const serviceAccount = (name: string): User => ({
  name: `system:serviceaccount:knative-eventing:${name}`,
  groups: ['system:masters', 'system:serviceaccounts', 'system:authenticated'],
})

export const mayDo = (access: Access | undefined, user: User, question: AccessQuestion): boolean =>
  user.groups.includes('system:masters') || (access?.(user.name, question) ?? false)

/** The text of RBAC's refusal (apiserver pkg/endpoints/handlers/responsewriters/errors.go). */
export const refusal = ({kind, namespace, name, subresource}: Target, verb: string, user: User): ApiFault => {
  const resource = `${kind.plural}${subresource === undefined ? '' : `/${subresource}`}`
  const where = namespace === undefined || namespace === '' ? 'at the cluster scope' : `in the namespace "${namespace}"`
  return forbidden(
    kind,
    name ?? '',
    `User "${user.name}" cannot ${verb} resource "${resource}" in API group "${kind.group}" ${where}`,
  )
}

export const pathRefusal = (user: User, verb: string, path: string): ApiFault =>
  fault(403, 'Forbidden', `forbidden: User "${user.name}" cannot ${verb} path "${path}"`, {})
