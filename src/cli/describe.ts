import {handleOf, refOf, type Kind, type KubeObject} from '../domain/object.js'
import {textAt} from '../domain/read.js'
import {isObjectFormat, parseFormat, type Format, type FormatName} from '../output/format.js'
import {objectWriter} from '../output/object-writer.js'
import {templateReader} from './files.js'
import {OBJECT_FORMATS} from './flags/output.js'
import {explainAbsence} from './not-found.js'
import type {Cluster, Runtime} from './runtime.js'
import {failTogether} from './several.js'

export interface DescribeFlagValues {
  output?: string | undefined
  'show-managed-fields': boolean
  'allow-missing-template-keys': boolean
}

export interface DescribeOptions {
  names: readonly string[]
  format: Format
  showManagedFields: boolean
}

/** Reads `-o` before the first request; `url` is left out of `allowed` for kinds that have no address. */
export const readDescribing = async (
  runtime: Runtime,
  flags: DescribeFlagValues,
  names: readonly string[],
  allowed: readonly FormatName[] = ['url', ...OBJECT_FORMATS],
): Promise<DescribeOptions> => ({
  names,
  format: parseFormat(flags.output, {
    allowed: [...allowed],
    allowMissingKeys: flags['allow-missing-template-keys'],
    readFile: await templateReader(runtime, flags.output),
  }),
  showManagedFields: flags['show-managed-fields'],
})

/**
 * Prints the description of every name, two blank lines apart; with `-o` the objects themselves, so that what comes out
 * goes back into `kubectl apply`.
 */
export const describeEach = async (
  runtime: Runtime,
  cluster: Cluster,
  kind: Kind,
  {names, format, showManagedFields}: DescribeOptions,
  describe: (name: string) => Promise<string>,
): Promise<void> => {
  const {client, namespace} = cluster
  const read = (name: string): Promise<string | KubeObject> =>
    isObjectFormat(format) ? client.get({...kind, name, namespace}) : describe(name)
  const answers = await Promise.allSettled(names.map(read))
  const found = answers.flatMap((answer) => (answer.status === 'fulfilled' ? [answer.value] : []))
  const texts = found.filter((value): value is string => typeof value === 'string')
  const objects = found.filter((value): value is KubeObject => typeof value !== 'string')
  if (texts.length > 0) runtime.streams.out(texts.join('\n\n'))
  if (objects.length > 0 && isObjectFormat(format)) {
    const writer = await objectWriter(format, {list: names.length > 1, showManagedFields})
    runtime.streams.out(writer.page(objects) + writer.end())
    // kn prints an empty line and says nothing; a script may go on with it, a person should know.
    const unaddressed = objects.filter((object) => textAt(object, 'status', 'address', 'url') === undefined)
    if (format.name === 'url')
      for (const object of unaddressed) runtime.streams.err(`${handleOf(refOf(object))} has no address yet\n`)
  }
  const failures = await Promise.all(
    answers.flatMap((answer, index) =>
      answer.status === 'rejected'
        ? [explainAbsence(runtime, cluster, {...kind, name: names[index]!, namespace}, answer.reason)]
        : [],
    ),
  )
  failTogether(runtime, failures, names.length)
}
