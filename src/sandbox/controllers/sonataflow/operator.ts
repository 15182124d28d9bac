import {DEPLOYMENT} from '../../../domain/eventing/names.js'
import {type Kind, type KubeObject, refOf} from '../../../domain/core/object.js'
import {isRecord, listAt, numberAt, textAt} from '../../../domain/core/read.js'
import {operatorDeployments} from '../../../domain/sonataflow/names.js'
import {type OperatorRelease, releaseOf} from '../../../domain/sonataflow/release.js'
import {type Layout} from '../../kinds/all.js'
import {type SonataFlowGeneration} from '../../kinds/sonataflow.js'
import {omitFields} from '../../store/omit.js'
import {equal} from '../../store/equal.js'
import {type Judged} from '../conditions.js'
import {type ClusterView, type Controller} from '../controller.js'
import {readyStatus} from '../shipped.js'

/** What the SonataFlow operator is built and configured as; its image's tag is read from its Deployment. */
export interface OperatorBuild {
  generation: SonataFlowGeneration
  cluster: 'kubernetes' | 'openshift'
}

/** OpenShift Serverless Logic and the community's operator are installed in different places. */
const homeOf = (layout: Layout): {namespace: string; name: string} => {
  const [community, redHat] = operatorDeployments
  const {namespace, namePrefix} = (layout === 'openshift' ? redHat : community)!
  return {
    namespace,
    name: namePrefix.endsWith('controller-manager') ? namePrefix : `${namePrefix}-controller-manager`,
  }
}

const defaultTags: Readonly<Record<SonataFlowGeneration, string>> = {
  newest: '1.38.0',
  'mar-2026': 'main',
  'nov-2024': '1.35.0',
}

/** The days of the sources that the stand-in's generations follow. */
const days: Readonly<Record<SonataFlowGeneration, string>> = {
  newest: '2026-06-29',
  'mar-2026': '2026-03-06',
  'nov-2024': '2024-11-14',
}

/** The release that an operator of a generation is. */
export const builtRelease = (generation: SonataFlowGeneration, version?: string): OperatorRelease =>
  releaseOf(days[generation], version)

/** On the operator's Deployment: the version that is compiled into it, where that is not the tag of its image. */
export const BUILT_VERSION = 'sandbox.sfl/built-version'

/** The operator itself, as its release installs it. */
export const operatorInstallation = (
  generation: SonataFlowGeneration,
  layout: Layout,
  tag = defaultTags[generation],
  version?: string,
): KubeObject[] => {
  const {namespace, name} = homeOf(layout)
  const labels = {
    'app.kubernetes.io/name': 'sonataflow-operator',
    ...(generation === 'nov-2024' ? {'control-plane': 'sonataflow-operator'} : {}),
  }
  const proxy = generation === 'newest' ? 'quay.io/brancz' : 'gcr.io/kubebuilder'
  return [
    {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: {name: namespace, labels: {'kubernetes.io/metadata.name': namespace}},
      spec: {finalizers: ['kubernetes']},
      status: {phase: 'Active'},
    },
    {
      ...DEPLOYMENT,
      metadata: {name, namespace, labels, ...(version === undefined ? {} : {annotations: {[BUILT_VERSION]: version}})},
      spec: {
        replicas: 1,
        selector: {matchLabels: labels},
        template: {
          metadata: {labels},
          spec: {
            containers: [
              {name: 'manager', image: `docker.io/apache/incubator-kie-sonataflow-operator:${tag}`},
              {name: 'kube-rbac-proxy', image: `${proxy}/kube-rbac-proxy:v0.13.1`},
            ],
          },
        },
      },
      status: readyStatus('Deployment', 1),
    },
  ]
}

const isOperator = ({kind, metadata}: KubeObject): boolean =>
  kind === DEPLOYMENT.kind &&
  operatorDeployments.some(
    ({namespace, namePrefix}) => metadata.namespace === namespace && metadata.name.startsWith(namePrefix),
  )

/** The version of the operator that runs, which is the tag of its image unless it says otherwise; `undefined` when none does. */
export const runningTag = (cluster: ClusterView): string | undefined => {
  const deployment = operatorDeployments
    .flatMap(({namespace}) => cluster.list(DEPLOYMENT.apiVersion, DEPLOYMENT.kind, namespace))
    .find(isOperator)
  if (deployment === undefined || numberAt(deployment, 'spec', 'replicas') === 0) return undefined
  const built = deployment.metadata.annotations?.[BUILT_VERSION]
  if (built !== undefined) return built
  const image = textAt(listAt(deployment, 'spec', 'template', 'spec', 'containers')[0], 'image') ?? ''
  return /:([^/:]+)$/.exec(image)?.[1] ?? 'latest'
}

/** A controller of the operator: rests while its Deployment does not run, and looks at everything when that changes. */
export const whileOperatorRuns = ({apiVersion, kind}: Kind, controller: Controller): Controller => ({
  name: controller.name,
  wants: (change, cluster) =>
    isOperator(change.object) ? cluster.list(apiVersion, kind).map(refOf) : controller.wants(change, cluster),
  reconcile(ref, cluster) {
    if (runningTag(cluster) !== undefined) controller.reconcile(ref, cluster)
  },
})

/** The conditions of SonataFlow's kinds: unlike Knative's they have a `lastUpdateTime`, and no order. */
export const sonataflowConditions = (
  before: KubeObject,
  judged: Readonly<Record<string, Judged>>,
  now: string,
): unknown[] => {
  const known = listAt(before, 'status', 'conditions').filter(isRecord)
  return Object.entries(judged).map(([type, {status, reason, message}]) => {
    const old = known.find((condition) => condition['type'] === type)
    const fresh = {
      type,
      status,
      ...(reason === undefined ? {} : {reason}),
      ...(message === undefined ? {} : {message}),
    }
    const time = textAt(old, 'lastUpdateTime')
    const same = time !== undefined && equal(omitFields(old ?? {}, 'lastUpdateTime'), fresh)
    return {...fresh, lastUpdateTime: same ? time : now}
  })
}

/**
 * Creates an object, or brings the named fields of the one that is there to what is wanted: maps are merged, lists
 * replaced, labels and annotations stay as they are. Throws the ApiFault of a refusal.
 */
export const createOrUpdate = (cluster: ClusterView, wanted: KubeObject, ...fields: readonly string[]): void => {
  const ref = refOf(wanted)
  if (cluster.get(ref) === undefined) cluster.insert(wanted)
  else cluster.patch(ref, Object.fromEntries(fields.map((field) => [field, wanted[field]])))
}
