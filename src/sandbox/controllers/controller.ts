import {groupOf, type KubeObject, type Ref} from '../../domain/core/object.js'
import {versionOf} from '../kinds/kind.js'
import {serviceAccount} from '../store/access.js'
import {type Api} from '../store/api.js'
import {equal} from '../store/equal.js'
import {ApiFault} from '../store/fault.js'
import {type Change} from '../store/objects.js'
import {mergePatch} from '../store/patches.js'
import {type Target, type User} from '../store/request.js'
import {after, type Timer} from '../../process/timer.js'

/** A stand-in for a controller: told about changes, it names the objects to look at; then it looks at one. */
export interface Controller {
  name: string
  wants(change: Change, cluster: ClusterView): readonly Ref[]
  reconcile(ref: Ref, cluster: ClusterView): void
}

/** What the stand-ins may do; everything goes through the API, as with the real ones. */
export class ClusterView {
  constructor(
    readonly api: Api,
    private readonly user: User,
    private readonly component: string,
  ) {}

  as(component: string): ClusterView {
    return new ClusterView(this.api, serviceAccount(component), component)
  }

  now(): string {
    return this.api.stamp()
  }

  target({apiVersion, kind, namespace, name}: Omit<Ref, 'name'> & {name?: string}): Target | undefined {
    const known = this.api.registry.byKind(apiVersion, kind) ?? this.api.registry.byGroupKind(groupOf(apiVersion), kind)
    if (known === undefined) return undefined
    const version = known.versions.includes(versionOf(apiVersion)) ? versionOf(apiVersion) : known.versions[0]!
    return {kind: known, version, namespace: known.namespaced ? namespace : undefined, name}
  }

  get(ref: Ref): KubeObject | undefined {
    const target = this.target(ref)
    return target && this.api.objects.get(target.kind, target.namespace, ref.name)
  }

  list(apiVersion: string, kind: string, namespace?: string): KubeObject[] {
    const target = this.target({apiVersion, kind})
    return target === undefined ? [] : this.api.objects.list(target.kind, namespace)
  }

  /** Leaves alone what is there already, and swallows what the API refuses. */
  create(object: KubeObject): boolean {
    try {
      return this.insert(object)
    } catch (error) {
      if (error instanceof ApiFault) return false
      throw error
    }
  }

  /** Creates; false when the kind is not served. Throws the ApiFault of a refusal. */
  insert(object: KubeObject): boolean {
    const {apiVersion, kind, metadata} = object
    const target = this.target({
      apiVersion,
      kind,
      ...(metadata.namespace === undefined ? {} : {namespace: metadata.namespace}),
    })
    if (target === undefined) return false
    this.api.create(target, object, {user: this.user, fieldManager: this.component})
    return true
  }

  patch(ref: Ref, patch: Record<string, unknown>, subresource?: 'status'): void {
    const target = this.target(ref)
    const before = this.get(ref)
    // Most patches of a controller change nothing, which need not be asked.
    if (target === undefined || before === undefined || equal(mergePatch(before, patch), before)) return
    this.api.patch({...target, subresource}, 'merge', patch, {user: this.user, fieldManager: this.component})
  }

  /** Replaces the whole status; nothing is asked of the API when it is so already. */
  setStatus(ref: Ref, status: Record<string, unknown>): void {
    const target = this.target(ref)
    const before = this.get(ref)
    if (target === undefined || before === undefined || equal(before['status'], status)) return
    const body = {...this.api.shown(target, before), status}
    this.api.update({...target, subresource: 'status'}, body, {user: this.user, fieldManager: this.component})
  }

  delete(ref: Ref): void {
    const target = this.target(ref)
    if (target !== undefined && this.get(ref) !== undefined) this.api.delete(target, {user: this.user})
  }

  setFinalizers(object: KubeObject, finalizers: readonly string[]): void {
    const {apiVersion, kind, metadata} = object
    this.patch(
      {
        apiVersion,
        kind,
        name: metadata.name,
        ...(metadata.namespace === undefined ? {} : {namespace: metadata.namespace}),
      },
      {metadata: {finalizers: finalizers.length === 0 ? null : finalizers}},
    )
  }

  /** A core v1 Event; the same one again only counts up. */
  event(about: KubeObject, type: 'Normal' | 'Warning', reason: string, message: string): void {
    const {apiVersion, kind, metadata} = about
    const namespace = metadata.namespace ?? 'default'
    const same = this.list('v1', 'Event', namespace).find(
      (event) =>
        event['reason'] === reason &&
        event['message'] === message &&
        event.metadata.name.startsWith(`${metadata.name}.`) &&
        JSON.stringify(event['involvedObject']).includes(String(metadata.uid)),
    )
    const now = this.now()
    if (same !== undefined) {
      const count = typeof same['count'] === 'number' ? same['count'] : 1
      this.patch(
        {apiVersion: 'v1', kind: 'Event', namespace, name: same.metadata.name},
        {lastTimestamp: now, count: count + 1},
      )
      return
    }
    this.create({
      apiVersion: 'v1',
      kind: 'Event',
      metadata: {name: `${metadata.name}.${(this.api.objects.version + 0x17a0000000).toString(16)}`, namespace},
      involvedObject: {
        apiVersion,
        kind,
        name: metadata.name,
        namespace,
        uid: metadata.uid,
        resourceVersion: metadata.resourceVersion,
      },
      reason,
      message,
      type,
      source: {component: this.component},
      firstTimestamp: now,
      lastTimestamp: now,
      count: 1,
    })
  }
}

interface Due {
  controller: Controller
  ref: Ref
}

/** Runs the stand-ins: changes queue what to look at, a moment later it is looked at. */
export class ControllerLoop {
  private readonly due = new Map<string, Due>()
  private timer: Timer | undefined

  constructor(
    private readonly cluster: ClusterView,
    private readonly controllers: readonly Controller[],
    private readonly delayMs: number,
  ) {
    cluster.api.objects.onChange((change) => {
      if (change.quiet) return
      for (const controller of this.controllers)
        for (const ref of controller.wants(change, this.cluster)) this.enqueue(controller, ref)
    })
  }

  enqueue(controller: Controller, ref: Ref): void {
    this.due.set(JSON.stringify([controller.name, ref.kind, ref.namespace, ref.name]), {controller, ref})
    this.timer ??= after(this.delayMs, () => this.drain(), {background: true})
  }

  /** Works until nothing is left to do. */
  drain(): void {
    this.disarm()
    while (this.due.size > 0) {
      const [key, {controller, ref}] = this.due.entries().next().value!
      this.due.delete(key)
      controller.reconcile(ref, this.cluster.as(controller.name))
    }
    this.disarm()
  }

  private disarm(): void {
    this.timer?.cancel()
    this.timer = undefined
  }
}
