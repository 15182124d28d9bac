import {sfl, type Command, type Word} from '../core/commands.js'
import {type Finding} from '../findings/finding.js'
import {finding, isFinal} from '../findings/catalogue.js'
import {type Ref} from '../core/object.js'
import {type Platform} from './model.js'
import {objectText} from './origin.js'

/** Nouns below `platform`, whose commands are about the active platform unless another one is named. */
export const aspects: readonly string[] = ['services', 'persistence', 'migration', 'eventing']

/** A command about a platform, in its namespace. */
export const platformCommand = (
  {namespace, ...platform}: Pick<Platform, 'namespace'> & Partial<Platform>,
  path: string,
  ...words: readonly Word[]
): Command => {
  const passive = platform.secondary === true || platform.status?.duplicated === true
  const named = passive && aspects.includes(path.split(' ')[0] ?? '') && !words.includes('--platform')
  return sfl(`platform ${path}`, ...words, ...(named ? ['--platform', platform.name ?? ''] : []), '-n', namespace)
}

/** Something that a check needs could not be read. */
export const notVerified = (object: Ref, what: string): Finding =>
  finding('SFL-P06', {object, message: `${what} was not checked: ${objectText(object)} could not be read`})

/** A list that something needs could not be read: `kinds` in words, `SonataFlowPlatforms of namespace shop`. */
export const notListed = (object: Ref, what: string, kinds: string): Finding =>
  finding('SFL-P06', {object, message: `${what} was not checked: ${kinds} could not be listed`})

/** `a`, `a and b`, `a, b and c`; beyond `most`, how many more there are. */
export const enumeration = (names: readonly string[], most = 5): string => {
  const shown = names.length > most ? [...names.slice(0, most), `${names.length - most} more`] : names
  return shown.length < 2 ? shown.join('') : `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}`
}

/** What `--force` leaves of findings: errors become warnings, except for what the server itself would refuse. */
export const passed = (findings: readonly Finding[], force: boolean | undefined): Finding[] =>
  findings.map((one) => (force === true && one.level === 'error' && !isFinal(one) ? {...one, level: 'warning'} : one))
