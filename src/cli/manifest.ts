import type {Command} from '@oclif/core'
import {completesOf} from './flags/completing.js'
import type {Manifest, ManifestCommand, ManifestFlag} from './help.js'

type Loaders = Readonly<Record<string, () => Promise<Command.Class>>>

/**
 * oclif's manifest, made from the command classes: what help, routing and completion know without loading a command.
 * The shape is that of oclif's own generator, less the fields that say nothing here.
 */
export const createManifest = async (loaders: Loaders, version: string): Promise<Manifest> => {
  const entries = await Promise.all(
    Object.entries(loaders).map(async ([id, load]) => [id, describe(id, await load())] as const),
  )
  return {commands: Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1))), version}
}

const describe = (id: string, command: Command.Class): ManifestCommand => {
  const {summary, description, examples, usage, hidden} = command
  return {
    id,
    ...defined({summary, description, usage, hidden: hidden || undefined}),
    ...(examples === undefined ? {} : {examples: examples}),
    args: Object.fromEntries(
      Object.entries(command.args).map(([name, arg]) => [
        name,
        {
          name,
          ...defined({
            required: arg.required,
            multiple: arg.multiple,
            description: arg.description,
            hidden: arg.hidden,
            options: arg.options === undefined ? undefined : [...arg.options],
            completes: completesOf(arg),
          }),
        },
      ]),
    ),
    flags: Object.fromEntries(
      Object.entries({...command.baseFlags, ...command.flags})
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([name, flag]) => [name, manifestFlag(name, flag as AnyFlag)]),
    ),
  }
}

/** oclif's flags, whatever their values. */
interface AnyFlag {
  type: 'boolean' | 'option'
  char?: string | undefined
  summary?: string | undefined
  helpGroup?: string | undefined
  hidden?: boolean | undefined
  required?: boolean | undefined
  allowNo?: boolean | undefined
  helpValue?: string | string[] | undefined
  multiple?: boolean | undefined
  options?: readonly string[] | undefined
  default?: unknown
}

/** What help and routing need to know of one flag. */
export const manifestFlag = (name: string, flag: AnyFlag): ManifestFlag => {
  const {type, char, summary, helpGroup, helpValue, options} = flag
  return {
    name,
    type,
    ...defined({
      char,
      summary,
      helpGroup,
      helpValue,
      hidden: flag.hidden || undefined,
      required: flag.required || undefined,
      allowNo: flag.allowNo || undefined,
      multiple: flag.multiple || undefined,
      options: options === undefined ? undefined : [...options],
      completes: completesOf(flag),
      default: typeof flag.default === 'function' ? undefined : flag.default,
    }),
  }
}

type Defined<T> = {[K in keyof T]?: Exclude<T[K], undefined>}
const defined = <T extends object>(values: T): Defined<T> =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Defined<T>
