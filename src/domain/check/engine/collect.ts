import {planeDeployments} from '../../eventing/broker/class.js'
import {channelDeployments} from '../../eventing/channel/plane.js'
import {CONFIG_MAP, DEPLOYMENT, SYSTEM_NAMESPACE} from '../../eventing/names.js'
import {type Finding} from '../../findings/finding.js'
import {type Ref} from '../../core/object.js'
import {isFound} from '../../core/seen.js'
import {isSame, type Check, type Verdict} from './check.js'
import {keyOf} from '../snapshot/cluster-state.js'
import {withConsequences, type Consequences} from './consequences.js'
import {withoutIgnored, type Ignored} from './ignored.js'
import {type Snapshot} from '../snapshot/snapshot.js'
import {objectKey, type MergedFinding} from './merged-finding.js'

/** What the checks have to say, each thing once. */
export interface CollectedFindings {
  told: readonly MergedFinding[]
  /** What could not be looked at, in words, by check. */
  notVerified: ReadonlyMap<string, ReadonlySet<string>>
  /** How many findings were ignored. */
  ignored: number
}

const notLookedAt: readonly string[] = ['SFL-B11', 'SFL-P06', 'SFL-I05']
/** Notes that are worth a line; the others tell what commands do. The latter four: no kind of sink ever gets an address so. */
const notesKept: readonly string[] = ['SFL-H13', 'SFL-H14', 'SFL-T06', 'SFL-S07', 'SFL-D03', 'SFL-H11']

const identity = (one: Finding): string => `${one.code} ${objectKey(one)} ${one.message}`

/** Everyone who suffers from a finding, the object itself left out. */
const sufferers = ({about}: Check, finding: Verdict, consequences: Consequences): Ref[] => {
  if (about === 'audit') return [...(finding.affects ?? [])]
  const roots = [...(finding.object === undefined ? [] : [finding.object]), ...(finding.affects ?? [])]
  const all = finding.level === 'note' ? roots : withConsequences(roots, consequences)
  return all.filter((ref) => !isSame(finding.object, ref))
}

/** Objects without a controller or data plane are one finding about the Deployment that does not run. */
const aboutWorkload = (verdict: Verdict, {deployments}: Snapshot): Verdict => {
  const {code, object, message, affects = []} = verdict
  if (!['SFL-B08', 'SFL-C07'].includes(code) || object === undefined || !isFound(deployments)) return verdict
  const idle = message
    .split(/[^\w.-]+/)
    .find((word) => (planeDeployments.has(word) || channelDeployments.has(word)) && (deployments[word] ?? 0) === 0)
  return idle === undefined
    ? verdict
    : {
        ...verdict,
        object: {...DEPLOYMENT, name: idle, namespace: SYSTEM_NAMESPACE},
        // Defaults come to those who have no broker yet.
        affects: object.kind === CONFIG_MAP.kind ? affects : [object, ...affects],
      }
}

/** What is not applied yet cannot be changed by a command: the manifest is to be corrected. */
const forManifest = (verdict: Verdict, {state}: Snapshot): Verdict => {
  if (state.planned?.has(objectKey(verdict)) !== true) return verdict
  const {repair: _repair, ...rest} = verdict
  return rest
}

interface Entry {
  finding: Verdict
  check: Check
  elsewhere: Set<string>
  affects: Map<string, Ref>
}

/** Asks the checks in their order. */
export const collect = (
  checks: readonly Check[],
  known: Snapshot,
  {consequences, ignored}: {consequences: Consequences; ignored: readonly Ignored[]},
): CollectedFindings => {
  const entries = new Map<string, Entry>()
  const notVerified = new Map<string, Set<string>>()
  let dropped = 0
  for (const check of checks) {
    const hidden = new Set<string>()
    notVerified.set(check.id, hidden)
    for (const verdict of check.judge(known)) {
      if (notLookedAt.includes(verdict.code)) {
        hidden.add(verdict.message)
        continue
      }
      if (verdict.level === 'note' && !notesKept.includes(verdict.code)) continue
      const kept = withoutIgnored(aboutWorkload(verdict, known), ignored)
      if (kept === undefined) {
        dropped += 1
        continue
      }
      const finding = forManifest(kept, known)
      const id = identity(finding)
      const entry = entries.get(id) ?? {finding, check, elsewhere: new Set(), affects: new Map()}
      if (entry.check !== check) entry.elsewhere.add(check.id)
      for (const ref of sufferers(check, finding, consequences)) entry.affects.set(keyOf(ref, ref), ref)
      entries.set(id, entry)
    }
  }
  const told = [...entries.values()].map(({finding, check: {id: home, about}, elsewhere, affects}): MergedFinding => ({
    finding,
    about,
    home,
    elsewhere,
    affects,
    codes: new Set([finding.code]),
  }))
  return {told, notVerified, ignored: dropped}
}
