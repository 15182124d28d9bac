import {isoDuration} from '../../core/duration.js'
import {SflError} from '../../core/errors.js'
import {DELIVERY_ORDER, KNATIVE_EVENTING, SECRET} from '../../eventing/names.js'
import {kafkaOverflow} from '../../eventing/delivery/period.js'
import {judgeKafkaSecret} from '../../kafka/credentials/secret-format.js'
import {repairingValues} from '../../kafka/credentials/secret-preflight.js'
import {configEntry} from '../../kafka/write-target/write-target.js'
import {handleOf, refOf, type KubeObject} from '../../core/object.js'
import {type PatchStep, type Plan} from '../../core/plan.js'
import {textAt} from '../../core/read.js'
import {isFound} from '../../core/seen.js'
import {type Snapshot} from '../snapshot/snapshot.js'
import {type CheckReport, type ReportFinding} from './report.js'

/** The plan of `check --fix`, and what it repairs. */
export interface Fixes {
  plan: Plan
  repaired: readonly ReportFinding[]
}

type Fix = (finding: ReportFinding, known: Snapshot) => PatchStep | undefined

const storedOf = ({object}: ReportFinding, known: Snapshot): KubeObject | undefined => {
  const found = object === undefined ? 'absent' : known.get(object, object.namespace ?? '', object.name)
  return isFound(found) ? found : undefined
}

/** Larger units say the same; a duration that cannot be written otherwise stays. */
const shorter = (text: string): string | undefined => {
  try {
    const written = isoDuration(text).text
    return kafkaOverflow(written) === undefined ? written : undefined
  } catch (error) {
    if (error instanceof SflError) return undefined
    throw error
  }
}

const durations: Fix = (finding, known) => {
  const before = storedOf(finding, known)
  const fields = ['backoffDelay', 'timeout'].flatMap((field) => {
    const text = textAt(before, 'spec', 'delivery', field)
    const written = text === undefined || kafkaOverflow(text) === undefined ? undefined : shorter(text)
    return written === undefined ? [] : [[field, written] as const]
  })
  if (before === undefined || fields.length === 0) return undefined
  return {
    verb: 'patch',
    ref: refOf(before),
    before,
    patch: {spec: {delivery: Object.fromEntries(fields)}},
    reason: `writes ${fields.map(([field, text]) => `${field} as ${text}`).join(' and ')}: the same time in units that the Kafka controller reads`,
  }
}

/** An order that nobody knows keeps the trigger from working; without one it is unordered. */
const order: Fix = (finding, known) => {
  const before = storedOf(finding, known)
  return before === undefined
    ? undefined
    : {
        verb: 'patch',
        ref: refOf(before),
        before,
        patch: {metadata: {annotations: {[DELIVERY_ORDER]: 'unordered'}}},
        reason: 'sets the order to what it is without an order',
      }
}

/** Keys are added or corrected that are no credentials; nothing that is there is lost. */
const secretValues: Fix = ({object, code}, known) => {
  if (object?.kind !== SECRET.kind) return undefined
  const record = known.secret(object.namespace ?? '', object.name)
  if (!isFound(record)) return undefined
  const verdict = judgeKafkaSecret(record.facts)
  const values = Object.fromEntries(
    verdict.faults.flatMap((fault) => Object.entries(repairingValues(fault, verdict, record.facts) ?? {})),
  )
  if (Object.keys(values).length === 0) return undefined
  return {
    verb: 'patch',
    ref: object,
    before: {...SECRET, metadata: record.metadata},
    patch: {stringData: values},
    reason: `sets ${Object.keys(values).join(' and ')} (${code}); the credentials stay as they are`,
  }
}

/** The operator goes by the other spelling, so that nothing changes for anyone. */
const spelling: Fix = (finding, known) => {
  const before = storedOf(finding, known)
  if (before?.kind !== KNATIVE_EVENTING.kind) return undefined
  const {ignored, spelling: read} = configEntry(before, 'config-br-defaults')
  return ignored === undefined
    ? undefined
    : {
        verb: 'patch',
        ref: refOf(before),
        before,
        patch: {spec: {config: {[ignored.spelling]: null}}},
        reason: `removes spec.config.${ignored.spelling}, which the operator ignores for ${read}`,
      }
}

/** The repairs that are safe: nothing is deleted or restarted, no event is lost, and nobody has to be asked for a value. */
const fixes: Readonly<Record<string, Fix>> = {
  'SFL-D10': durations,
  'SFL-T23': order,
  'SFL-K04': secretValues,
  'SFL-K05': secretValues,
  'SFL-F05': spelling,
}

/** Which codes `--fix` may repair. */
export const fixableCodes: readonly string[] = Object.keys(fixes).sort()

/** Turns the findings that can be repaired safely into one plan. */
export const planFixes = (report: CheckReport, known: Snapshot): Fixes => {
  const findings = report.checks.flatMap((check) => check.findings)
  const steps = new Map<string, PatchStep>()
  const repaired = findings.filter((finding) => {
    const fix = Object.hasOwn(fixes, finding.code) ? fixes[finding.code] : undefined
    const step = fix?.(finding, known)
    if (step === undefined) return false
    steps.set(`${handleOf(step.ref)} ${step.ref.namespace ?? ''} ${finding.code.slice(0, 5)}`, step)
    return true
  })
  return {plan: {steps: [...steps.values()], findings: []}, repaired}
}
