import {type Finding} from '../findings/finding.js'
import {finding} from '../findings/catalogue.js'
import {type Lookup} from '../core/seen.js'
import {isFound} from '../core/seen.js'
import {secretKeyOf, type SecretUse} from './secret-uses.js'
import {isOurs, viewSecret, type SecretRecord, type SecretView} from './secret-view.js'

export interface SecretListQuestion {
  /** Left out: all. */
  namespace?: string
  /** Only Secrets with certain labels were listed, so that nothing can be said of others. */
  selected: boolean
  /** Milliseconds since 1970. */
  now: number
}

export interface ListedSecrets {
  uses: readonly SecretUse[]
  unseen: readonly string[]
  secrets: ReadonlyMap<string, Lookup<SecretRecord>>
  listed: boolean
}

/** The Secrets that are ours or that somebody refers to, the missing ones included, by namespace and name. */
export const listSecrets = (facts: ListedSecrets, {namespace, selected, now}: SecretListQuestion): SecretView[] => {
  const used = new Map<string, SecretUse[]>()
  for (const use of facts.uses) {
    if (namespace !== undefined && use.namespace !== namespace) continue
    used.set(secretKeyOf(use), [...(used.get(secretKeyOf(use)) ?? []), use])
  }
  const ours = [...facts.secrets].flatMap(([key, record]) => (isFound(record) && isOurs(record) ? [key] : []))
  const keys = [...new Set([...used.keys(), ...ours])].filter((key) => !selected || facts.secrets.has(key))
  return keys
    .map((key): [{namespace: string; name: string}, string] => {
      const [home = '', name = ''] = key.split('/')
      return [{namespace: home, name}, key]
    })
    .sort(([a], [b]) => (`${a.namespace} ${a.name}` < `${b.namespace} ${b.name}` ? -1 : 1))
    .map(([place, key]) =>
      viewSecret(
        place,
        facts.secrets.get(key) ?? (facts.listed ? 'absent' : 'forbidden'),
        used.get(key) ?? [],
        facts.unseen,
        now,
      ),
    )
}

/** What a list could not look at. */
export const blindListFindings = ({listed, unseen}: ListedSecrets, namespace: string | undefined): Finding[] => {
  const where = namespace === undefined ? 'in all namespaces' : `in namespace ${namespace}`
  return [
    ...(listed
      ? []
      : [
          finding('SFL-B11', {
            message: `Secrets cannot be listed (no permission) ${where}: only those that others refer to are shown`,
          }),
        ]),
    ...(unseen.length === 0
      ? []
      : [finding('SFL-B11', {message: `may not be read, so Secrets may have more users: ${unseen.join(', ')}`})]),
  ]
}
