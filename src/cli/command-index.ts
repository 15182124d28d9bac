import {ExitCode, SflError} from '../domain/core/errors.js'
import {isRecord} from '../domain/core/read.js'

/** What help, routing and completion know of a flag without loading its command; the names are oclif's. */
export interface IndexedFlag {
  name: string
  type: 'boolean' | 'option'
  char?: string
  summary?: string
  helpGroup?: string
  helpValue?: string | string[]
  hidden?: boolean
  allowNo?: boolean
  multiple?: boolean
  options?: string[]
  /** What completion offers (see `completing`). */
  completes?: string | string[]
  default?: unknown
  required?: boolean
}

export interface IndexedArg {
  name: string
  required?: boolean
  multiple?: boolean
  description?: string
  hidden?: boolean
  options?: string[]
  completes?: string | string[]
}

export interface IndexedCommand {
  id: string
  summary?: string
  description?: string
  hidden?: boolean
  examples?: Array<string | {description: string; command: string}>
  usage?: string | string[]
  args: Record<string, IndexedArg>
  flags: Record<string, IndexedFlag>
}

/** The commands by their ids, `broker:create`. */
export interface CommandIndex {
  version: string
  commands: Record<string, IndexedCommand>
}

/**
 * The index as it lies in oclif.manifest.json. It is a manifest that oclif reads, too, and would be seven times as long
 * if every flag stood with every command that takes it: what several commands share stands in `flags`, once.
 */
export interface FoldedIndex {
  version: string
  /** Flags that several commands share, by a name of their own: `force`, `force~2`. */
  flags: Record<string, IndexedFlag>
  /** Those of them that every command takes. */
  everywhere: string[]
  /** `flags` of a command are its own; `shared` names the others, but those that are everywhere. */
  commands: Record<string, IndexedCommand & {shared?: string[]}>
}

/** The file is written by the build that made the program: whether it is that one is looked at, but not every field. */
const isFolded = (value: unknown, version: string): value is FoldedIndex =>
  isRecord(value) &&
  value['version'] === version &&
  isRecord(value['flags']) &&
  Array.isArray(value['everywhere']) &&
  isRecord(value['commands'])

/**
 * Gives every command its flags again, in the order of their names, when they are asked for.
 *
 * @throws SflError when the file is not that of this version, as after half an installation
 */
export const unfoldIndex = (value: unknown, version: string): CommandIndex => {
  if (!isFolded(value, version))
    throw new SflError('BadInstallation', `oclif.manifest.json is not that of version ${version}`, ExitCode.Failed, {
      hint: 'Install kubectl-sfl again.',
    })
  const {flags, everywhere} = value
  const unfold = ({shared = [], ...command}: FoldedIndex['commands'][string]): IndexedCommand => ({
    ...command,
    get flags() {
      const others = [...everywhere, ...shared].flatMap((key) => flags[key] ?? [])
      return byName([...Object.values(command.flags), ...others])
    },
  })
  return {
    version,
    commands: Object.fromEntries(Object.entries(value.commands).map(([id, command]) => [id, unfold(command)])),
  }
}

/** Flags as they stand in an index. */
export const byName = (flags: readonly IndexedFlag[]): Record<string, IndexedFlag> =>
  Object.fromEntries([...flags].sort((a, b) => (a.name < b.name ? -1 : 1)).map((flag) => [flag.name, flag]))
