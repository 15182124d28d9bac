import {kubectl} from '../../core/commands.js'
import {deletingFindings} from '../../findings/existing.js'
import {type Finding} from '../../findings/finding.js'
import {finding} from '../../findings/catalogue.js'
import {refOf, type KubeObject} from '../../core/object.js'
import {type Plan, type Step} from '../../core/plan.js'
import {booleanAt} from '../../core/read.js'
import {isFound, type Lookup} from '../../core/seen.js'
import {SYSTEM_NAMESPACE} from '../../eventing/names.js'
import {dataPlane, partObjects, partsText, PARTS, type Part} from './parts.js'
import {installationOf, isEnabled, removeCommands, workloadNamed, type KafkaInstallFacts} from './installation.js'
import {unreadable, workloadRef} from './enable.js'

/** The objects of each part, of all namespaces; for parts that were not asked about left out. */
export type PartObjects = Readonly<Partial<Record<Part, Lookup<readonly KubeObject[]>>>>

export interface KafkaDisableFacts extends KafkaInstallFacts {
  objects: PartObjects
}

/** A plan, and what to ask before it. */
export interface DisablePlan extends Plan {
  question?: string
  /** To be typed instead of y: objects are, or may be, left behind. */
  typedName?: string
}

const countText = (part: Part, count: number): string =>
  `${count} ${count === 1 ? partObjects[part].one : partObjects[part].many}`

const namesOf = (objects: readonly KubeObject[], most = 5): string => {
  const names = objects.map(({metadata}) => `${metadata.namespace ?? ''}/${metadata.name}`).toSorted()
  return names.length > most ? `${names.slice(0, most).join(', ')} and ${names.length - most} more` : names.join(', ')
}

/** What becomes of one, and of several. */
const consequences: Readonly<Record<Part, readonly [one: string, many: string]>> = {
  broker: [
    'takes and delivers no events, and cannot be deleted until broker is enabled again',
    'take and deliver no events, and cannot be deleted until broker is enabled again',
  ],
  channel: ['takes and delivers no events', 'take and deliver no events'],
  source: ['delivers no events', 'deliver no events'],
  sink: ['takes no events', 'take no events'],
}

/** Who is left without a data plane. */
export const leftFindings = (parts: readonly Part[], objects: PartObjects): Finding[] =>
  parts.flatMap((part) => {
    const found = objects[part]
    if (found === 'forbidden')
      return [
        finding('SFL-K44', {
          message: `whether there are ${partObjects[part].many} was not checked: they cannot be listed (no permission) in all namespaces`,
        }),
      ]
    if (!isFound(found) || found.length === 0) return []
    const one = found.length === 1
    return [
      finding('SFL-K43', {
        message: `${countText(part, found.length)} ${one ? 'loses its' : 'lose their'} data plane (${namesOf(found)}): ${one ? 'it' : 'they'} ${consequences[part][one ? 0 : 1]}`,
        repair: kubectl('get', partObjects[part].plural, '-A'),
      }),
    ]
  })

/** The plan of `kafka disable`: only `enabled` of the named parts is patched. */
export const planKafkaDisable = (
  parts: readonly Part[],
  {waitMs}: {waitMs?: number},
  facts: KafkaDisableFacts,
): DisablePlan => {
  const installation = installationOf(facts)
  if (installation.by === 'KnativeKafka') return disabledIn(installation.resource, parts, waitMs, facts)
  if (facts.knativeKafkas === 'forbidden' && facts.knativeKafkaServed) return {steps: [], findings: [unreadable]}
  const there = parts.filter((part) => isEnabled(part, installation, facts) === true)
  if (there.length === 0 && installation.by !== 'unknown')
    return {
      steps: [],
      findings: [
        finding('SFL-K47', {
          message: `there is nothing to disable: ${partsText(parts)} ${parts.length === 1 ? 'is' : 'are'} not installed`,
        }),
      ],
    }
  const way =
    installation.by === 'KnativeEventing'
      ? `remove the manifest from spec.additionalManifests (or spec.source.kafka) of KnativeEventing ${installation.resource.metadata.name}, and its objects`
      : installation.by === 'unknown'
        ? `what is installed in namespace ${SYSTEM_NAMESPACE} cannot be looked at (no permission)`
        : 'a part goes away when the objects of its release file are deleted'
  return {
    steps: [],
    findings: [
      ...leftFindings(there, facts.objects),
      finding('SFL-K42', {
        message: `the server knows no KnativeKafka to disable ${partsText(there.length === 0 ? parts : there)} in; ${way}`,
        ...(installation.by === 'unknown' ? {} : {repair: removeCommands(there, installation, facts)}),
      }),
    ],
  }
}

const disabledIn = (
  resource: KubeObject,
  parts: readonly Part[],
  waitMs: number | undefined,
  facts: KafkaDisableFacts,
): DisablePlan => {
  const ref = refOf(resource)
  const on = parts.filter((part) => booleanAt(resource, 'spec', part, 'enabled') === true)
  const deleting = deletingFindings(resource, 'SFL-K45')
  if (on.length === 0) return {steps: [{verb: 'keep', object: resource}], findings: deleting}
  const left = on.filter((part) => isFound(facts.objects[part]) && facts.objects[part].length > 0)
  const losing = left.map((part) => countText(part, isFound(facts.objects[part]) ? facts.objects[part].length : 0))
  const rest = PARTS.filter((part) => !on.includes(part) && booleanAt(resource, 'spec', part, 'enabled') === true)
  const patch = {spec: Object.fromEntries(on.map((part) => [part, {enabled: false}]))}
  const gone =
    waitMs === undefined
      ? []
      : on
          .flatMap((part) => dataPlane[part])
          .flatMap((workload): Step[] => {
            const uid = workloadNamed(facts, workload.name)?.metadata.uid
            const step: Step = {verb: 'wait', ref: workloadRef(workload), until: 'gone', timeoutMs: waitMs}
            return [uid === undefined ? step : {...step, uid}]
          })
  return {
    steps: [{verb: 'patch', ref, before: resource, patch}, ...gone],
    findings: [...deleting, ...leftFindings(on, facts.objects)],
    question: `Disable ${partsText(on)} in KnativeKafka ${ref.namespace ?? ''}/${ref.name}${losing.length === 0 ? '' : `, leaving ${partsText(losing)} without a data plane`}${rest.length === 0 ? ' (nothing of Kafka is left then)' : ''}?`,
    ...(left.length > 0 || on.some((part) => facts.objects[part] === 'forbidden') ? {typedName: ref.name} : {}),
  }
}
