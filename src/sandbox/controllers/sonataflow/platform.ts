import {DEPLOYMENT} from '../../../domain/eventing/names.js'
import {groupOf, type KubeObject, type Ref, refOf} from '../../../domain/core/object.js'
import {at, listAt, numberAt, recordAt, textAt} from '../../../domain/core/read.js'
import {effectiveClusterPlatform} from '../../../domain/sonataflow/effective/cluster.js'
import {expectedMigrationJob} from '../../../domain/sonataflow/migration/job.js'
import {deployedServices, readPlatform, readSucceed} from '../../../domain/sonataflow/model.js'
import {
  CLUSTER_PLATFORM,
  PLATFORM,
  SECONDARY_PLATFORM,
  serviceKeys,
  serviceObjectName,
  SONATAFLOW_GROUP,
  TRIGGER_FINALIZER,
} from '../../../domain/sonataflow/names.js'
import {has} from '../../../domain/sonataflow/release.js'
import {activeClusterPlatform, readClusterPlatform} from '../../../domain/sonataflow/workflow/model.js'
import {ApiFault} from '../../store/fault.js'
import {type Change} from '../../store/objects.js'
import {omitFields} from '../../store/omit.js'
import {failed, isTrue, type Judged} from '../conditions.js'
import {type ClusterView, type Controller} from '../controller.js'
import {hold, release} from '../install.js'
import {builtRelease, type OperatorBuild, runningTag, sonataflowConditions, whileOperatorRuns} from './operator.js'
import {applyService, Crashed, type ServicesWork, Stopped} from './services.js'

type Fields = Readonly<Record<string, unknown>>

/** Of the Serverless Workflow specification; not of the operator, as one might think. */
const specVersion = '0.8'

const platformsIn = (cluster: ClusterView, namespace?: string): KubeObject[] =>
  cluster.list(PLATFORM.apiVersion, PLATFORM.kind, namespace)

/** What the operator writes back into every platform (internal/controller/platform/defaults.go). */
const defaults = (platform: KubeObject, {cluster}: OperatorBuild): Record<string, unknown> => {
  const operatorBuilds = cluster === 'kubernetes'
  const services = Object.fromEntries(
    serviceKeys
      .filter((key) => at(platform, 'spec', 'services', key) !== undefined)
      .map((key) => [
        key,
        {
          ...(at(platform, 'spec', 'services', key, 'enabled') === undefined ? {enabled: true} : {}),
          podTemplate: {container: {resources: {}}},
        },
      ]),
  )
  return {
    build: {
      config: {
        registry: {},
        strategy: operatorBuilds ? 'operator' : 'platform',
        ...(operatorBuilds ? {strategyOptions: {KanikoBuildCacheEnabled: 'false'}} : {}),
        timeout: textAt(platform, 'spec', 'build', 'config', 'timeout') ?? '5m0s',
      },
      template: {resources: {}},
    },
    devMode: {},
    ...(at(platform, 'spec', 'services') === undefined ? {} : {services}),
  }
}

/** `status.clusterPlatformRef`, with services where the namespace has none of its own. */
const clusterReference = (platform: KubeObject, cluster: ClusterView): Fields | undefined => {
  const all = cluster.list(CLUSTER_PLATFORM.apiVersion, CLUSTER_PLATFORM.kind).map(readClusterPlatform)
  const active = activeClusterPlatform(all)
  if (active === undefined) return undefined
  const found = cluster.get({...PLATFORM, ...active.platform})
  const {urls} = effectiveClusterPlatform(active, all, found === undefined ? 'absent' : readPlatform(found))
  const entries = serviceKeys.flatMap((key) => (urls[key] === undefined ? [] : [[`${key}Ref`, {url: urls[key]}]]))
  const shared = at(platform, 'spec', 'services') === undefined && entries.length > 0
  return {
    name: active.name,
    platformRef: active.platform,
    ...(shared ? {services: Object.fromEntries(entries)} : {}),
  }
}

const isDuplicate = (platform: KubeObject, cluster: ClusterView): boolean =>
  platform.metadata.annotations?.[SECONDARY_PLATFORM] !== 'true' &&
  platformsIn(cluster, platform.metadata.namespace).some(
    (other) =>
      other.metadata.name !== platform.metadata.name &&
      other.metadata.annotations?.[SECONDARY_PLATFORM] !== 'true' &&
      readSucceed(other)?.reason !== 'Duplicated',
  )

const migrated = {
  dbMigrationStatus: 'Succeeded',
  message: 'The database migrations for the services are successful',
  reason: 'The database migration job completed as expected',
}

/** One look at one platform. */
class Reconciliation {
  private readonly generation: number
  private status: Fields

  constructor(
    private readonly ref: Ref,
    private readonly cluster: ClusterView,
    private readonly build: OperatorBuild,
    private readonly before: KubeObject,
  ) {
    this.generation = before.metadata.generation ?? 1
    const reference = clusterReference(before, cluster)
    this.status = {
      ...omitFields(recordAt(before, 'status'), 'clusterPlatformRef'),
      ...(reference === undefined ? {} : {clusterPlatformRef: reference}),
    }
  }

  run(): void {
    const {before, cluster} = this
    if (before.metadata.deletionTimestamp !== undefined) return this.cleanUp()
    if (at(before, 'spec', 'monitoring', 'enabled') === true)
      cluster.event(
        before,
        'Warning',
        'PrometheusNotAvailable',
        `Monitoring is enabled in platform ${this.ref.name}, but Prometheus is not installed`,
      )
    const succeed = readSucceed(before)
    if (succeed === undefined || succeed.status === 'Unknown' || succeed.reason === 'Duplicated')
      this.initialize(succeed?.reason === 'Duplicated')
    else if (succeed.status === 'True') this.services()
    else if (succeed.reason === 'Creating') this.finish(isTrue)
  }

  private initialize(duplicated: boolean): void {
    if (isDuplicate(this.before, this.cluster)) {
      if (!duplicated) this.finish(failed('Duplicated'))
      return
    }
    this.writeDefaults()
    this.status = {...this.status, version: specVersion}
    this.finish(failed('Creating'))
  }

  private writeDefaults(): void {
    const {ref, build, before, cluster} = this
    cluster.patch(ref, {spec: defaults(before, build)})
    this.status = {...this.status, cluster: build.cluster, info: {goOS: 'linux', goVersion: 'go1.24.9'}}
  }

  /** Writes the status; `observedGeneration` only when everything went well. */
  private save(rest: Fields = {}): void {
    this.status = {...this.status, ...rest}
    this.cluster.setStatus(this.ref, {...this.status})
  }

  private finish(succeed: Judged): void {
    this.save({
      conditions: sonataflowConditions(this.before, {Succeed: succeed}, this.cluster.now()),
      observedGeneration: this.generation,
    })
  }

  /** The condition stays True whatever happens here: errors are only events (internal/controller/platform/k8s.go). */
  private services(): void {
    try {
      this.writeDefaults()
      this.save()
      if (this.deploy()) this.finish(isTrue)
    } catch (error) {
      // After a crash the operator starts anew, and crashes here again.
      if (error instanceof Crashed) return
      if (!(error instanceof Stopped) && !(error instanceof ApiFault)) throw error
      if (error instanceof Stopped && error.waiting !== undefined)
        this.cluster.event(this.before, 'Warning', 'WaitingKnativeEventing', error.waiting)
      this.cluster.event(this.before, 'Warning', 'Failed', `Failed to update SonataFlowPlaform: ${error.message}`)
    }
  }

  /** False: to be looked at again later, without a word. */
  private deploy(): boolean {
    const {cluster, build, ref} = this
    const old = build.generation === 'nov-2024'
    const platform = readPlatform(cluster.get(ref) ?? this.before)
    const context = {platform, release: builtRelease(build.generation, runningTag(cluster))}
    const job = expectedMigrationJob(context)
    if (job !== undefined && !this.migrate(job)) return false
    const work: ServicesWork = {
      cluster,
      platform,
      context,
      old,
      addTriggers: (refs) => this.addTriggers(refs),
      hold: () => hold(cluster, cluster.get(ref) ?? this.before, TRIGGER_FINALIZER),
    }
    for (const key of deployedServices(platform)) {
      applyService(work, key)
      this.save()
    }
    return true
  }

  private addTriggers(refs: readonly Ref[]): void {
    const known = listAt(this.status, 'triggers')
    const fresh = refs.filter(
      ({name, namespace}) =>
        !known.some((one) => textAt(one, 'name') === name && textAt(one, 'namespace') === namespace),
    )
    this.status = {...this.status, triggers: [...known, ...fresh.map(({name, namespace}) => ({name, namespace}))]}
  }

  /** Whether the databases are migrated. Nothing is said in the status before they are. */
  private migrate(job: KubeObject): boolean {
    const {cluster, ref} = this
    const {namespace = '', name} = job.metadata
    if (cluster.get(refOf(job)) === undefined) {
      for (const key of has('versionedMigrationJob', builtRelease(this.build.generation)) ? serviceKeys : [])
        cluster.delete({...DEPLOYMENT, name: serviceObjectName(ref.name, key), namespace: ref.namespace ?? ''})
      cluster.insert(job)
    }
    const found = cluster.get(refOf(job))
    if (numberAt(found, 'status', 'failed') === 1)
      throw new Stopped(`DB migration job failed. namespace=${namespace} job=${name}`)
    if (numberAt(found, 'status', 'succeeded') !== 1) return false
    this.status = {...this.status, sonataFlowPlatformDBMigrationPhase: migrated}
    return true
  }

  /** Only triggers in other namespaces need it; all others have an owner. */
  private cleanUp(): void {
    if (!(this.before.metadata.finalizers ?? []).includes(TRIGGER_FINALIZER)) return
    for (const {name, namespace} of readPlatform(this.before).status.triggers)
      this.cluster.delete({apiVersion: 'eventing.knative.dev/v1', kind: 'Trigger', name, namespace})
    release(this.cluster, this.before, TRIGGER_FINALIZER)
  }
}

/** The platforms that a change makes the operator look at; what it asks for again and again counts as a change, too. */
const concerned = ({object, type}: Change, cluster: ClusterView): readonly Ref[] => {
  const {namespace, labels = {}, ownerReferences = []} = object.metadata
  const group = groupOf(object.apiVersion)
  const all = (home?: string) => platformsIn(cluster, home).map(refOf)
  if (group === SONATAFLOW_GROUP) {
    if (object.kind === PLATFORM.kind) {
      const reference = cluster
        .list(CLUSTER_PLATFORM.apiVersion, CLUSTER_PLATFORM.kind)
        .some((one) => textAt(one, 'spec', 'platformRef', 'name') === object.metadata.name)
      // Duplicates look again and again whether they still are; so do those that use a platform of the cluster.
      return reference ? all() : all(namespace)
    }
    return object.kind === CLUSTER_PLATFORM.kind ? all() : []
  }
  if (object.kind === 'Broker' || object.kind === 'HorizontalPodAutoscaler')
    return all(object.kind === 'Broker' ? undefined : namespace)
  const owner = ownerReferences.find(({kind}) => kind === PLATFORM.kind)
  if (owner !== undefined) return [{...PLATFORM, name: owner.name, namespace: namespace ?? ''}]
  if (object.kind !== 'Trigger' || type === 'ADDED') return []
  const [app, home] = [labels['app'], labels['app-namespace']]
  return app === undefined || home === undefined ? [] : [{...PLATFORM, name: app, namespace: home}]
}

/** SonataFlowPlatforms (kubesmarts/logic-operator internal/controller/sonataflowplatform_controller.go). */
export const platformController = (build: OperatorBuild): Controller =>
  whileOperatorRuns(PLATFORM, {
    name: 'platform-controller',
    wants: concerned,
    reconcile(ref, cluster) {
      const platform = cluster.get(ref)
      if (platform !== undefined) new Reconciliation(ref, cluster, build, platform).run()
    },
  })
