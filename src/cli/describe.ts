import {type Caller} from '../domain/core/commands.js'
import {handleOf, refOf, type Kind, type KubeObject, type Ref} from '../domain/core/object.js'
import {textAt} from '../domain/core/read.js'
import {isObjectFormat, parseFormat, type Format, type FormatName} from '../output/format.js'
import {objectWriter} from '../output/object-writer.js'
import type {Palette} from '../output/palette.js'
import type {SflCommand} from './command.js'
import {templateReader} from './files.js'
import type {GlobalFlagValues} from './flags/global.js'
import {OBJECT_FORMATS} from './flags/output.js'
import {explainAbsence} from './not-found.js'
import type {Cluster, Runtime} from './runtime.js'
import {aggregateFailures} from './aggregate-failures.js'

export interface DescribeFlagValues {
  output?: string | undefined
  'show-managed-fields': boolean
  'allow-missing-template-keys': boolean
  verbose: boolean
  extras: boolean
  'show-events': boolean
}

/** Reads `-o` before the first request; `url` is left out of `allowed` for kinds that have no address. */
const readDescribing = async (
  runtime: Runtime,
  flags: DescribeFlagValues,
  allowed: readonly FormatName[] = ['url', ...OBJECT_FORMATS],
): Promise<{format: Format; showManagedFields: boolean}> => ({
  format: parseFormat(flags.output, {
    allowed: [...allowed],
    allowMissingKeys: flags['allow-missing-template-keys'],
    readFile: await templateReader(runtime, flags.output),
  }),
  showManagedFields: flags['show-managed-fields'],
})

/** What the texts of descriptions are made with. */
export interface TextOptions {
  now: Date
  verbose: boolean
  extras: boolean
  caller: Caller
  palette: Palette
}

/** What a kind has of its own: looks at one object and makes its text. */
export type Describer = (
  ref: Ref & {namespace: string},
  cluster: Cluster,
  options: TextOptions & {events: boolean},
) => Promise<string>

/**
 * Prints the description of every name, two blank lines apart; with `-o` the objects themselves, so that what comes out
 * goes back into `kubectl apply`. Names that nobody gave may be looked up first; kinds of the cluster have no namespace.
 */
export const describeEach = async (
  command: SflCommand,
  kind: Kind,
  given: readonly string[] | ((cluster: Cluster) => Promise<readonly string[]>),
  flags: GlobalFlagValues & DescribeFlagValues,
  describe: Describer,
  formats?: readonly FormatName[],
  {ofCluster = false}: {ofCluster?: boolean} = {},
): Promise<void> => {
  const {runtime} = command
  const {format, showManagedFields} = await readDescribing(runtime, flags, formats)
  const cluster = await command.connect(flags)
  const names = typeof given === 'function' ? await given(cluster) : given
  const {client, namespace} = cluster
  const {verbose, extras} = flags
  const options = {
    now: runtime.now(),
    verbose,
    extras,
    caller: runtime.caller,
    palette: runtime.streams.outPalette,
  }
  const events = extras && flags['show-events']
  const refTo = (name: string): Ref => ({...kind, name, ...(ofCluster ? {} : {namespace})})
  const read = (name: string): Promise<string | KubeObject> =>
    isObjectFormat(format)
      ? client.get(refTo(name))
      : describe({...kind, name, namespace}, cluster, {...options, events})
  const answers = await Promise.allSettled(names.map(read))
  const found = answers.flatMap((answer) => (answer.status === 'fulfilled' ? [answer.value] : []))
  const texts = found.filter((value): value is string => typeof value === 'string')
  const objects = found.filter((value): value is KubeObject => typeof value !== 'string')
  if (texts.length > 0) runtime.streams.out(texts.join('\n\n'))
  if (objects.length > 0 && isObjectFormat(format)) {
    const writer = await objectWriter(format, {list: names.length > 1, showManagedFields})
    runtime.streams.data(writer.page(objects) + writer.end())
    // kn prints an empty line and says nothing; a script may go on with it, a person should know.
    const unaddressed = objects.filter((object) => textAt(object, 'status', 'address', 'url') === undefined)
    if (format.name === 'url')
      for (const object of unaddressed) runtime.streams.err(`${handleOf(refOf(object))} has no address yet\n`)
  }
  const failures = await Promise.all(
    answers.flatMap((answer, index) =>
      answer.status === 'rejected' ? [explainAbsence(runtime, cluster, refTo(names[index]!), answer.reason)] : [],
    ),
  )
  aggregateFailures(runtime, failures, names.length)
}
