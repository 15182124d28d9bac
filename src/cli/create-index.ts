import type {Command} from '@oclif/core'
import {completesOf} from './flags/completing.js'
import {byName, type CommandIndex, type FoldedIndex, type IndexedCommand, type IndexedFlag} from './command-index.js'

type Loaders = Readonly<Record<string, () => Promise<Command.Class>>>

/** The index of the commands, made from their classes; the fields are those of oclif's own generator that say something here. */
export const createIndex = async (loaders: Loaders, version: string): Promise<CommandIndex> => {
  const entries = await Promise.all(
    Object.entries(loaders).map(async ([id, load]) => [id, describe(id, await load())] as const),
  )
  return {commands: Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1))), version}
}

const describe = (id: string, command: Command.Class): IndexedCommand => {
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
    flags: byName(
      Object.entries({...command.baseFlags, ...command.flags}).map(([name, flag]) =>
        indexedFlag(name, flag as AnyFlag),
      ),
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
export const indexedFlag = (name: string, flag: AnyFlag): IndexedFlag => {
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

/** The index as it is kept: flags that several commands share are taken out of them. */
export const foldIndex = ({version, commands}: CommandIndex): FoldedIndex => {
  const all = Object.values(commands)
  const uses = new Map<string, {flag: IndexedFlag; count: number}>()
  for (const flag of all.flatMap(({flags}) => Object.values(flags))) {
    const text = JSON.stringify(flag)
    uses.set(text, {flag, count: (uses.get(text)?.count ?? 0) + 1})
  }
  const shared = [...uses]
    .filter(([, {count}]) => count > 1)
    .sort(([, a], [, b]) => (a.flag.name < b.flag.name ? -1 : 1))
  const seen = new Map<string, number>()
  const keys = new Map(
    shared.map(([text, {flag}]) => {
      const number = (seen.get(flag.name) ?? 0) + 1
      seen.set(flag.name, number)
      return [text, number === 1 ? flag.name : `${flag.name}~${number}`]
    }),
  )
  const everywhere = shared.flatMap(([text, {count}]) => (count === all.length ? (keys.get(text) ?? []) : []))
  const fold = (command: IndexedCommand): FoldedIndex['commands'][string] => {
    const flags = Object.values(command.flags)
    const keyOf = (flag: IndexedFlag): string | undefined => keys.get(JSON.stringify(flag))
    const others = flags.flatMap((flag) => keyOf(flag) ?? []).filter((key) => !everywhere.includes(key))
    return {
      ...command,
      flags: byName(flags.filter((flag) => keyOf(flag) === undefined)),
      ...(others.length === 0 ? {} : {shared: others}),
    }
  }
  return {
    version,
    flags: Object.fromEntries(shared.map(([text, {flag}]) => [keys.get(text) ?? flag.name, flag])),
    everywhere,
    commands: Object.fromEntries(Object.entries(commands).map(([id, command]) => [id, fold(command)])),
  }
}

/** Text of the file: a line for every flag and every command, so that a change of one is a change of a line. */
export const indexText = (index: CommandIndex): string => {
  const {version, everywhere, ...rest} = foldIndex(index)
  const lines = (entries: object): string =>
    Object.entries(entries)
      .map(([key, value]) => `\n${JSON.stringify(key)}:${JSON.stringify(value)}`)
      .join(',')
  return `{"version":${JSON.stringify(version)},"everywhere":${JSON.stringify(everywhere)},
"flags":{${lines(rest.flags)}
},"commands":{${lines(rest.commands)}
}}
`
}
