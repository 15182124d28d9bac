import {kubectl} from '../../core/commands.js'
import {sinkFindings, type SinkRole} from '../../eventing/delivery/preflight.js'
import {resourceNameOf} from '../../kinds/registry.js'
import {DEPLOYMENT, KNATIVE_SERVICE, SINK_BINDING} from '../../eventing/names.js'
import {type Finding} from '../../findings/finding.js'
import {finding} from '../../findings/catalogue.js'
import {matchesSelector} from '../../core/label-selector.js'
import {handleOf, refOf, type Kind, type KubeObject} from '../../core/object.js'
import {at, textAt} from '../../core/read.js'
import {conditionsOf, readinessOf, whyNotReady} from '../../core/readiness.js'
import {isFound} from '../../core/seen.js'
import {JOB, WORKFLOW} from '../../sonataflow/names.js'
import {sourceKinds} from '../snapshot/kinds.js'
import {suffering, type Check, type Verdict} from '../engine/check.js'
import {targetOf} from '../snapshot/destinations.js'
import {type Snapshot} from '../snapshot/snapshot.js'

const sourcesOf = (known: Snapshot): readonly KubeObject[] => known.subjects(...sourceKinds, SINK_BINDING)
const bindingsOf = (known: Snapshot): readonly KubeObject[] => known.subjects(SINK_BINDING)

const role: SinkRole = {word: 'sink', missing: 'SFL-H11', addressless: 'SFL-H11'}

const sinks = (source: KubeObject, known: Snapshot): Finding[] =>
  sinkFindings(refOf(source), known.resolve(at(source, 'spec', 'sink'), source.metadata.namespace ?? ''), role)

/** The object that a source sends to, when it has findings of its own. */
export const unreadySink = (source: KubeObject, known: Snapshot): KubeObject | undefined => {
  const target = targetOf(at(source, 'spec', 'sink'), source.metadata.namespace ?? '')
  const sink = target === undefined ? undefined : known.get(target, target.namespace, target.name)
  const hasConditions = sink !== undefined && isFound(sink) && conditionsOf(sink).length > 0
  return hasConditions && readinessOf(sink).state !== 'ready' ? sink : undefined
}

const readyFindings = (source: KubeObject, known: Snapshot): Finding[] => {
  const readiness = readinessOf(source)
  if (known.isPlanned(source) || readiness.state === 'ready') return []
  if (sinks(source, known).some(({level}) => level === 'error')) return []
  const ref = refOf(source)
  const {namespace = ''} = ref
  return [
    finding('SFL-H10', {
      ...(readiness.state === 'pending' ? {level: 'warning' as const} : {}),
      object: ref,
      message: `${source.kind} ${ref.name} is not ready: ${whyNotReady(readiness) || 'nothing says why'}`,
      repair: kubectl('-n', namespace, 'describe', resourceNameOf(ref), ref.name),
    }),
  ]
}

/** The kinds of subjects that are among the lists. */
const knownSubjects: readonly Kind[] = [DEPLOYMENT, KNATIVE_SERVICE, JOB, WORKFLOW]

const subjectFindings = (binding: KubeObject, known: Snapshot): Finding[] => {
  const {name, namespace = ''} = binding.metadata
  const subject = at(binding, 'spec', 'subject')
  const kind = knownSubjects.find((one) => one.kind === textAt(subject, 'kind'))
  const home = textAt(subject, 'namespace') || namespace
  if (kind === undefined || kind.apiVersion.split('/')[0] !== textAt(subject, 'apiVersion')?.split('/')[0]) return []
  const object = refOf(binding)
  const say = (what: string): Finding[] => [
    finding('SFL-H12', {
      object,
      message: `SinkBinding ${name} gives its sink to nobody: ${what}`,
      repair: kubectl('-n', namespace, 'delete', resourceNameOf(object), name),
    }),
  ]
  const wanted = textAt(subject, 'name')
  if (wanted !== undefined)
    return known.get(kind, home, wanted) === 'absent'
      ? say(`${handleOf({...kind, name: wanted})} does not exist in namespace ${home}`)
      : []
  const selector = at(subject, 'selector')
  const candidates = known.list(kind, home)
  if (selector === undefined || !isFound(candidates)) return []
  const some = candidates.some(({metadata}) => matchesSelector(selector, metadata.labels ?? {}) !== false)
  return some ? [] : say(`no ${kind.kind} of namespace ${home} has the labels of its selector`)
}

const check = (
  id: string,
  about: Check['about'],
  question: string,
  subjects: (known: Snapshot) => readonly KubeObject[],
  judge: (object: KubeObject, known: Snapshot) => Finding[],
): Check => ({
  id,
  category: 'sources',
  about,
  question,
  count: (known) => subjects(known).length,
  judge: (known): Verdict[] => subjects(known).flatMap((object) => suffering(judge(object, known), refOf(object))),
})

export const sourceChecks: readonly Check[] = [
  check('source-sink', 'health', 'Every source sends to something that is there', sourcesOf, sinks),
  check('source-ready', 'health', 'Every source is ready', sourcesOf, readyFindings),
  check('sink-binding-subject', 'audit', 'Every SinkBinding has a subject', bindingsOf, subjectFindings),
]
