import {randomUUID} from 'node:crypto'
import {type KubeObject, type ObjectMeta} from '../../domain/core/object.js'
import {isRecord, recordAt} from '../../domain/core/read.js'
import {apiVersionOf, type KindInfo, type KindRegistry, storageVersion} from '../kinds/kind.js'
import {type Access, mayDo, refusal} from './access.js'
import {asDecoded, prepared} from './builtin.js'
import {checkApplied, decode, judgeUnknown} from './decode.js'
import {equal} from './equal.js'
import {
  alreadyExists,
  badRequest,
  conflict,
  fault,
  forbidden,
  invalid,
  invalidPatch,
  modified,
  notFound,
  requiredValue,
  unsupportedMediaType,
  versionMissing,
} from './fault.js'
import {applyManaged, type Manager, trackUpdate} from './managed-fields.js'
import {type Objects} from './objects.js'
import {jsonPatch, mergePatch, strategicMerge, withoutNulls} from './patches.js'
import {omit, omitMeta} from './omit.js'
import {checkPreconditions} from './preconditions.js'
import {
  type Admission,
  type DeleteParameters,
  type PatchType,
  type Target,
  type User,
  type WriteParameters,
  type Written,
} from './request.js'
import {causesOf, counted, withServerFields} from './update.js'

export interface ApiOptions {
  now: () => Date
  admission: Admission
  access?: Access
  /** The uid of a new object. Default: a random one. */
  uid?: (object: KubeObject) => string
}

const letters = 'bcdfghjklmnpqrstvwxz2456789'
const suffix = () => Array.from({length: 5}, () => letters[Math.floor(Math.random() * letters.length)]).join('')

const spared = ['default', 'kube-system', 'kube-public']

/** The API server without its wire: every request of one resource, with the checks, texts and side effects of the real one. */
export class Api {
  /** What containers wrote, by the uid of their pod. */
  readonly podLogs = new Map<string, string>()

  constructor(
    readonly objects: Objects,
    readonly registry: KindRegistry,
    readonly options: ApiOptions,
  ) {}

  /** RFC 3339, whole seconds, as the server stamps everything. */
  stamp(): string {
    return `${this.options.now().toISOString().slice(0, 19)}Z`
  }

  authorize(target: Target, verb: string, user: User): void {
    const {kind, name, namespace, subresource} = target
    const scoped = kind.kind === 'Namespace' && kind.group === '' ? {...target, namespace: name} : target
    const allowed = mayDo(this.options.access, user, {
      verb,
      group: kind.group,
      resource: kind.plural,
      ...(subresource === undefined ? {} : {subresource}),
      ...(namespace === undefined ? {} : {namespace}),
      ...(name === undefined ? {} : {name}),
    })
    if (!allowed) throw refusal(scoped, verb, user)
  }

  /** In the version that was asked for. */
  shown(target: Target, object: KubeObject): KubeObject {
    const apiVersion = apiVersionOf(target.kind, target.version)
    return object.apiVersion === apiVersion ? object : {...object, apiVersion}
  }

  get(target: Target, user: User): KubeObject {
    this.authorize(target, 'get', user)
    return this.shown(target, this.existing(target))
  }

  create(target: Target, body: unknown, parameters: WriteParameters): Written {
    const {kind, namespace} = target
    const generated = isRecord(body) ? recordAt(body, 'metadata')['generateName'] : undefined
    this.authorize({...target, name: undefined}, 'create', parameters.user)
    const {object: sent, unknown} = decode(target, withoutNulls(body))
    const warnings = judgeUnknown(target, unknown, parameters.fieldValidation)
    this.sameNamespace(target, sent)
    const name =
      sent.metadata.name === '' && typeof generated === 'string' && generated !== ''
        ? `${generated}${suffix()}`
        : sent.metadata.name
    if (sent.metadata.resourceVersion)
      throw fault(500, undefined, 'resourceVersion should not be set on objects to be created')
    if (name === '') throw invalid(kind, '', [requiredValue('metadata.name', 'name or generateName is required')])
    const object = {...sent, metadata: {...sent.metadata, name, ...(namespace === undefined ? {} : {namespace})}}
    return {object: this.insert({...target, name}, object, parameters), created: true, warnings}
  }

  update(target: Target, body: unknown, parameters: WriteParameters): Written {
    this.authorize(target, 'update', parameters.user)
    const {object: sent, unknown} = decode(target, withoutNulls(body))
    const warnings = judgeUnknown(target, unknown, parameters.fieldValidation)
    this.sameName(target, sent)
    this.sameNamespace(target, sent)
    const before = this.existing(target)
    if (!sent.metadata.resourceVersion && !target.kind.builtin) throw versionMissing(target.kind, target.name ?? '')
    return {object: this.replace(target, before, sent, parameters), created: false, warnings}
  }

  patch(target: Target, type: PatchType, patch: unknown, parameters: WriteParameters): Written {
    const {kind} = target
    this.authorize(target, 'patch', parameters.user)
    if (type === 'strategic' && !kind.builtin)
      throw unsupportedMediaType([
        'application/json-patch+json',
        'application/merge-patch+json',
        'application/apply-patch+yaml',
      ])
    const before = this.shown(target, this.existing(target))
    const patched =
      type === 'json'
        ? jsonPatch(before, patch)
        : type === 'merge'
          ? mergePatch(before, patch)
          : strategicMerge(before, patch, kind.schema)
    const invalidAs = (detail: string) => invalidPatch(JSON.stringify(patched), detail)
    const {object: sent, unknown} = decode(target, withoutNulls(patched), invalidAs)
    const warnings = judgeUnknown(target, unknown, parameters.fieldValidation, invalidAs)
    this.sameName(target, sent)
    return {object: this.replace(target, before, sent, parameters), created: false, warnings}
  }

  apply(target: Target, body: unknown, parameters: WriteParameters): Written {
    const {kind, name = '', namespace} = target
    this.authorize(target, 'patch', parameters.user)
    if (!parameters.fieldManager) {
      const cause = requiredValue('fieldManager', 'is required for apply patch')
      throw fault(422, 'Invalid', `PatchOptions.meta.k8s.io "" is invalid: fieldManager: ${cause.message}`, {
        group: 'meta.k8s.io',
        kind: 'PatchOptions',
        causes: [cause],
      })
    }
    const cleaned = withoutNulls(body)
    const sent = isRecord(cleaned) ? cleaned : {}
    const expected = apiVersionOf(kind, target.version)
    if (sent['apiVersion'] !== expected)
      throw badRequest(
        `Incorrect version specified in apply patch. Specified patch version: ${String(sent['apiVersion'] ?? '')}, expected: ${expected}`,
      )
    const metadata = recordAt(sent, 'metadata')
    if (metadata['managedFields'] !== undefined) throw badRequest('metadata.managedFields must be nil')
    if (metadata['name'] !== undefined && metadata['name'] !== name)
      this.sameName(target, {metadata: {name: String(metadata['name'])}})
    checkApplied(target, sent, namespace ?? '', name)
    const config: KubeObject = {
      ...sent,
      apiVersion: expected,
      kind: kind.kind,
      metadata: {...metadata, name, ...(namespace === undefined ? {} : {namespace})},
    }
    this.sameNamespace(target, config)
    const before = this.objects.get(kind, namespace, name)
    const manager: Manager = {
      name: parameters.fieldManager,
      operation: 'Apply',
      apiVersion: expected,
      subresource: target.subresource ?? '',
    }
    const now = this.stamp()
    if (before === undefined) {
      if (config.metadata.uid)
        throw conflict(
          kind,
          name,
          `uid mismatch: the provided object specified uid ${config.metadata.uid}, and no existing object was found`,
        )
      this.authorize(target, 'create', parameters.user)
      const applied = applyManaged(kind, undefined, config, manager, false, now)
      const {object} = decode(target, applied.object)
      return {object: this.insert(target, object, parameters, true), created: true, warnings: []}
    }
    const live = this.shown(target, before)
    const applied = applyManaged(kind, live, config, manager, parameters.force ?? false, now)
    if (!applied.changed) return {object: live, created: false, warnings: []}
    const {object} = decode(target, applied.object)
    return {object: this.replace(target, live, object, parameters, true), created: false, warnings: []}
  }

  /** Answers the object where finalizers still hold it, `undefined` when it is gone. */
  delete(target: Target, parameters: DeleteParameters): {object: KubeObject; gone: boolean} {
    const {kind, name = ''} = target
    this.authorize(target, 'delete', parameters.user)
    const before = this.existing(target)
    checkPreconditions(kind, before, parameters)
    const isNamespace = kind.group === '' && kind.kind === 'Namespace'
    if (isNamespace && spared.includes(name)) throw forbidden(kind, name, 'this namespace may not be deleted')
    this.options.admission.validate({
      kind,
      operation: 'DELETE',
      object: before,
      before,
      user: parameters.user,
      subresource: '',
      objects: this.objects,
    })
    const dependents =
      parameters.propagation === 'Foreground'
        ? ['foregroundDeletion']
        : parameters.propagation === 'Orphan'
          ? ['orphan']
          : []
    const finalizers = [...new Set([...(before.metadata.finalizers ?? []), ...dependents])]
    if (finalizers.length === 0 && !isNamespace) {
      if (!parameters.dryRun) this.objects.remove(kind, before)
      return {object: this.shown(target, before), gone: true}
    }
    if (before.metadata.deletionTimestamp !== undefined) return {object: this.shown(target, before), gone: false}
    const generation = before.metadata.generation
    const metadata: ObjectMeta = {
      ...before.metadata,
      deletionTimestamp: this.stamp(),
      ...(isNamespace ? {} : {deletionGracePeriodSeconds: 0}),
      ...(generation === undefined ? {} : {generation: generation + 1}),
      ...(finalizers.length > 0 ? {finalizers} : {}),
    }
    const marked = {
      ...before,
      metadata,
      ...(isNamespace ? {status: {...recordAt(before, 'status'), phase: 'Terminating'}} : {}),
    }
    if (parameters.dryRun) return {object: this.shown(target, marked), gone: false}
    this.objects.put(kind, marked)
    return {object: this.shown(target, this.existing(target)), gone: false}
  }

  existing({kind, name = '', namespace}: Target): KubeObject {
    const found = this.objects.get(kind, namespace, name)
    if (found === undefined) throw notFound(kind, name)
    return found
  }

  private sameName({name}: Target, {metadata}: Pick<KubeObject, 'metadata'>): void {
    if (metadata.name !== name)
      throw badRequest(`the name of the object (${metadata.name}) does not match the name on the URL (${name ?? ''})`)
  }

  private sameNamespace({namespace}: Target, {metadata}: KubeObject): void {
    if (metadata.namespace !== undefined && metadata.namespace !== (namespace ?? ''))
      throw badRequest('the namespace of the provided object does not match the namespace sent on the request')
  }

  private manager({user, fieldManager}: WriteParameters, target: Target): Manager {
    return {
      name: fieldManager ?? user.name,
      operation: 'Update',
      apiVersion: apiVersionOf(target.kind, target.version),
      subresource: target.subresource ?? '',
    }
  }

  private insert(target: Target, object: KubeObject, parameters: WriteParameters, tracked = false): KubeObject {
    const {kind, namespace, name = ''} = target
    if (namespace !== undefined) this.checkNamespace(kind, namespace, name)
    const counted = !kind.builtin || kind.group !== ''
    const fresh: KubeObject = {
      // A status is not taken from whoever creates.
      ...(kind.status ? omit(object, 'status') : object),
      metadata: {
        ...omitMeta(object.metadata, 'deletionTimestamp', 'selfLink'),
        uid: this.options.uid?.(object) ?? randomUUID(),
        creationTimestamp: this.stamp(),
        ...(counted ? {generation: 1} : {}),
      },
    }
    const known = asDecoded(kind, fresh)
    const owned = tracked ? known : trackUpdate(kind, undefined, known, this.manager(parameters, target), this.stamp())
    const ready = prepared(kind, this.mutated(target, owned, undefined, parameters.user), undefined)
    this.check(target, ready, undefined, parameters.user)
    if (this.objects.get(kind, namespace, name)) throw alreadyExists(kind, name)
    return this.shown(target, parameters.dryRun ? ready : this.objects.put(kind, this.stored(kind, ready)))
  }

  private replace(
    target: Target,
    before: KubeObject,
    sent: KubeObject,
    parameters: WriteParameters,
    tracked = false,
  ): KubeObject {
    const {kind, name = ''} = target
    const wanted = sent.metadata.resourceVersion
    if (wanted !== undefined && wanted !== '' && wanted !== before.metadata.resourceVersion) throw modified(kind, name)
    if (sent.metadata.uid !== undefined && sent.metadata.uid !== before.metadata.uid && kind.builtin)
      throw conflict(
        kind,
        name,
        `Precondition failed: UID in precondition: ${sent.metadata.uid}, UID in object meta: ${before.metadata.uid}`,
      )
    const next = asDecoded(kind, withServerFields(target, before, sent))
    const owned = tracked ? next : trackUpdate(kind, before, next, this.manager(parameters, target), this.stamp())
    const mutated = this.mutated(target, owned, before, parameters.user)
    const ready = counted(before, prepared(kind, mutated, before))
    if (
      equal(
        {...ready, metadata: {...ready.metadata, generation: 0}},
        {...before, metadata: {...before.metadata, generation: 0}},
      )
    )
      return before
    this.check(target, ready, before, parameters.user)
    const released =
      before.metadata.deletionTimestamp !== undefined &&
      (ready.metadata.finalizers ?? []).length === 0 &&
      !(kind.group === '' && kind.kind === 'Namespace')
    if (parameters.dryRun) return ready
    if (released) {
      this.objects.remove(kind, this.stored(kind, ready))
      return ready
    }
    return this.shown(target, this.objects.put(kind, this.stored(kind, ready)))
  }

  private mutated(target: Target, object: KubeObject, before: KubeObject | undefined, user: User): KubeObject {
    return this.options.admission.mutate({
      kind: target.kind,
      operation: before === undefined ? 'CREATE' : 'UPDATE',
      object,
      before,
      user,
      subresource: target.subresource ?? '',
      objects: this.objects,
    })
  }

  private check(target: Target, object: KubeObject, before: KubeObject | undefined, user: User): void {
    const {kind, name = ''} = target
    const causes = causesOf(kind, object, before)
    if (causes.length > 0) throw invalid(kind, name, causes)
    this.options.admission.validate({
      kind,
      operation: before === undefined ? 'CREATE' : 'UPDATE',
      object,
      before,
      user,
      subresource: target.subresource ?? '',
      objects: this.objects,
    })
  }

  private stored(kind: KindInfo, object: KubeObject): KubeObject {
    return {...object, apiVersion: storageVersion(kind)}
  }

  private checkNamespace(kind: KindInfo, namespace: string, name: string): void {
    const home = this.registry.byKind('v1', 'Namespace')!
    const found = this.objects.get(home, undefined, namespace)
    if (found === undefined) throw notFound(home, namespace)
    if (found.metadata.deletionTimestamp !== undefined)
      throw forbidden(
        kind,
        name,
        `unable to create new content in namespace ${namespace} because it is being terminated`,
        [
          {
            reason: 'NamespaceTerminating',
            message: `namespace ${namespace} is being terminated`,
            field: 'metadata.namespace',
          },
        ],
      )
  }
}
