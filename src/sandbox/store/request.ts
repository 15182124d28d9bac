import {type KubeObject} from '../../domain/core/object.js'
import {type KindInfo} from '../kinds/kind.js'
import {type Objects} from './objects.js'

/** Who asks; `system:` users are the stand-in controllers. */
export interface User {
  name: string
  groups: readonly string[]
}

/** What a request is about: a resource in a version, perhaps one object of it. */
export interface Target {
  kind: KindInfo
  version: string
  namespace?: string | undefined
  name?: string | undefined
  subresource?: 'status' | 'scale' | 'log' | 'portforward' | undefined
}

export interface WriteParameters {
  user: User
  dryRun?: boolean | undefined
  fieldManager?: string | undefined
  fieldValidation?: 'Strict' | 'Warn' | 'Ignore' | undefined
  force?: boolean | undefined
}

export interface DeleteParameters {
  user: User
  dryRun?: boolean | undefined
  uid?: string | undefined
  resourceVersion?: string | undefined
  propagation?: 'Background' | 'Foreground' | 'Orphan' | undefined
}

export interface Written {
  object: KubeObject
  created: boolean
  /** For `Warning` headers. */
  warnings: readonly string[]
}

export interface ListParameters {
  labelSelector?: string | undefined
  fieldSelector?: string | undefined
  limit?: number | undefined
  continue?: string | undefined
}

export interface Listed {
  items: KubeObject[]
  resourceVersion: string
  continue?: string
  remaining?: number
}

export type PatchType = 'merge' | 'json' | 'strategic'

/** What admission looks at: the object as it would be stored. */
export interface AdmissionRequest {
  kind: KindInfo
  operation: 'CREATE' | 'UPDATE' | 'DELETE'
  object: KubeObject
  before: KubeObject | undefined
  user: User
  subresource: string
  objects: Objects
}

/** Admission webhooks of what is installed: `mutate` answers the changed object, both throw an ApiFault to refuse. */
export interface Admission {
  mutate(request: AdmissionRequest): KubeObject
  validate(request: AdmissionRequest): void
}
