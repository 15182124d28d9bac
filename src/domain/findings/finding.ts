import type {Ref} from '../core/object.js'

/** errors block a command (unless `--force`), warnings are printed, notes say what was done on the user's behalf. */
export type Level = 'error' | 'warning' | 'note'

/** From the loudest to the quietest. */
export const levels: readonly Level[] = ['error', 'warning', 'note']

/** One judgement about a configuration, with a stable code that scripts and people can look up. */
export interface Finding {
  /** `SFL-` + letter of the subject + number, see `findings.ts`. */
  code: string
  level: Level
  /** What it is about; left out when it is about the command line. */
  object?: Ref
  /** What is wrong and why it matters, one or two sentences, without a full stop at the end of the last. */
  message: string
  /** The command that repairs it, ready to be pasted. */
  repair?: string
}

export const blocking = (findings: readonly Finding[]): Finding[] => findings.filter(({level}) => level === 'error')
