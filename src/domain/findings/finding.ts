import {flagValue, isCommandOf, isCreating, type Command} from '../core/commands.js'
import {handleOf, type Ref} from '../core/object.js'
import {type Level} from './code-entry.js'
import {type FindingCode} from './codes.js'

export {type Level} from './code-entry.js'

/** From the loudest to the quietest. */
export const levels: readonly Level[] = ['error', 'warning', 'note']

/** One judgement about a configuration, with a stable code that scripts and people can look up. */
export interface Finding {
  code: FindingCode
  level: Level
  /** What it is about; left out when it is about the command line. */
  object?: Ref
  /** `--force` does not pass over it, whatever the catalogue says of its code. */
  final?: boolean
  /**
   * What is wrong and why it matters, one or two sentences, without a full stop at the end of the last. Words for people:
   * only the writers of texts read them.
   */
  message: string
  /** The commands that repair it, to be typed one after the other. Only the writers of texts print them. */
  repair?: readonly Command[]
}

export const blocking = (findings: readonly Finding[]): Finding[] => findings.filter(({level}) => level === 'error')

/** Two findings are one when code, object and words are the same. */
export const identityOf = ({code, object, message}: Finding): string =>
  `${code} ${object === undefined ? '' : `${handleOf(object)} ${object.namespace ?? ''}`} ${message}`

/** Each finding once, in their order. */
export const distinct = <F extends Finding>(findings: readonly F[]): F[] => {
  const seen = new Set<string>()
  return findings.filter((one) => {
    const identity = identityOf(one)
    return !seen.has(identity) && seen.add(identity)
  })
}

/** The findings that were not told yet; from now on they are. */
export const untold = <F extends Finding>(findings: readonly F[], told: Set<string>): F[] =>
  findings.filter((one) => {
    const identity = identityOf(one)
    return !told.has(identity) && told.add(identity)
  })

/** Whether one of the commands that repair it makes what is missing; others only look or change. */
export const createsWhatIsMissing = ({repair = []}: Finding): boolean => repair.some(isCreating)

/** Whether it is repaired by a command of this noun: `isRepairedBy(one, 'platform', 'eventing')`. */
export const isRepairedBy = ({repair = []}: Finding, ...path: readonly string[]): boolean =>
  repair.some((command) => isCommandOf(command, ...path))

/** The value that a command which repairs it gives to a flag. */
export const repairingValue = ({repair = []}: Finding, flag: string): string | undefined =>
  repair.map((command) => flagValue(command, flag)).find((value) => value !== undefined)

/** The same finding, repaired by another command. */
export const repairedBy = <F extends Finding>(one: F, ...repair: readonly Command[]): F => ({...one, repair})

/** The same finding without a command: nothing that is typed would repair it. */
export const unrepaired = <F extends Finding>({repair: _repair, ...rest}: F): Omit<F, 'repair'> => rest
