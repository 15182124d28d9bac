import {handleOf, refOf, type KubeObject} from '../domain/core/object.js'
import {textsAt, type Fields} from '../domain/core/read.js'
import {isSecret, MASK, revealed} from '../domain/secret/secret-value.js'
import {plain, type Palette} from './palette.js'

export interface ComparableOptions {
  /** Do not mask the values of Secrets. */
  showSecrets?: boolean
}

export interface DiffOptions extends ComparableOptions {
  /** What the object is called in the header; default: namespace and handle. */
  name?: string
  palette?: Palette
}

/** What the server writes on its own and nobody compares. */
const SERVER_METADATA = ['managedFields', 'resourceVersion', 'generation', 'uid', 'creationTimestamp']

const without = (fields: Fields, ...left: string[]): Fields =>
  Object.fromEntries(Object.entries(fields).filter(([key]) => !left.includes(key)))

const configurationOf = (object: KubeObject): Fields => ({
  ...without(object, 'status'),
  metadata: without(object.metadata, ...SERVER_METADATA),
})

const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration'

/** All values of a Secret in the form in which the server keeps them. */
const secretData = (object: KubeObject | undefined): Record<string, string> => ({
  ...textsAt(object, 'data'),
  ...Object.fromEntries(
    Object.entries(textsAt(object, 'stringData')).map(([key, text]) => [key, Buffer.from(text).toString('base64')]),
  ),
})

/**
 * A Secret without its values (kubectl pkg/cmd/diff/diff.go): a mask says only whether a value changes. The annotation
 * of `kubectl apply` holds them again and is masked as well.
 */
const masked = (object: KubeObject, other: KubeObject | undefined, changed: string): KubeObject => {
  const [mine, others] = [secretData(object), secretData(other)]
  const mask = (key: string): string => (key in others && others[key] !== mine[key] ? `${MASK} (${changed})` : MASK)
  const {annotations} = object.metadata
  const hidden = annotations?.[LAST_APPLIED] === undefined ? annotations : {...annotations, [LAST_APPLIED]: MASK}
  const kept: KubeObject = {...object, metadata: {...object.metadata, ...(hidden && {annotations: hidden})}}
  delete kept['stringData']
  const keys = Object.keys(mine)
  return keys.length === 0 ? kept : {...kept, data: Object.fromEntries(keys.map((key) => [key, mask(key)]))}
}

const paintLine = (line: string, {red, green, cyan, bold}: Palette): string => {
  if (line.startsWith('--- ') || line.startsWith('+++ ')) return bold(line)
  if (line.startsWith('@@')) return cyan(line)
  if (line.startsWith('-')) return red(line)
  return line.startsWith('+') ? green(line) : line
}

const nameOf = (object: KubeObject): string => {
  const {namespace} = object.metadata
  return `${namespace === undefined ? '' : `${namespace}/`}${handleOf(refOf(object))}`
}

/**
 * Both sides as YAML without what the server writes on its own, values of Secrets masked; empty for an object that does
 * not exist (yet, or any more).
 */
export const comparableTexts = async (
  live: KubeObject | undefined,
  planned: KubeObject | undefined,
  {showSecrets = false}: ComparableOptions = {},
): Promise<[string, string]> => {
  const {formatYaml} = await import('./yaml.js')
  const text = (object: KubeObject | undefined, other: KubeObject | undefined, changed: string): string => {
    if (object === undefined) return ''
    const shown = isSecret(object) && !showSecrets ? masked(object, other, changed) : object
    return formatYaml(configurationOf(shown))
  }
  // Sealed values are laid open to be compared; what is shown of them is masked above.
  const [before, after] = [live && revealed(live), planned && revealed(planned)]
  return [text(before, after, 'before'), text(after, before, 'after')]
}

/**
 * What would change, as a unified diff of YAML; empty when nothing does. `undefined` stands for an object that does not
 * exist (yet, or any more). Loads what it needs only when called.
 */
export const unifiedDiff = async (
  live: KubeObject | undefined,
  planned: KubeObject | undefined,
  {palette = plain, name, ...options}: DiffOptions = {},
): Promise<string> => {
  const [before, after] = await comparableTexts(live, planned, options)
  if (before === after) return ''
  const {createTwoFilesPatch, FILE_HEADERS_ONLY} = await import('diff')
  const header = (side: string, object: KubeObject | undefined): string =>
    object === undefined ? '/dev/null' : `${side}/${name ?? nameOf(object)}`
  const patch = createTwoFilesPatch(header('live', live), header('planned', planned), before, after, '', '', {
    context: 3,
    headerOptions: FILE_HEADERS_ONLY,
  })
  return patch
    .split('\n')
    .map((line) => (line === '' ? line : paintLine(line, palette)))
    .join('\n')
}
