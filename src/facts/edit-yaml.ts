import {Document, isAlias, isMap, isNode, isScalar, parseDocument, visit, type Alias, type ToStringOptions} from 'yaml'
import {applyEdits, type DocumentEdit, type EditDocument} from '../domain/core/document-edits.js'
import {sameDelivery as sameSettings} from '../domain/eventing/delivery/delivery.js'

/** As `parseYaml` reads: what Knative's Go parser takes for a boolean is one here. */
const READ = {version: '1.1', logLevel: 'error'} as const
/** The text's own habits; long lines stay as they are. */
const habitsOf = (text: string): ToStringOptions => ({
  lineWidth: 0,
  flowCollectionPadding: text.includes('{ '),
  indent: Math.min(/^( +)[^\s#-]/m.exec(text)?.[1]?.length ?? 2, 8),
})

/**
 * Edits a YAML document so that its comments, and everything that was not edited, stay. Where the document's own
 * structure gets in the way (merge keys, values that are no maps), it is written anew without comments: what it says is
 * more important than how.
 */
export const editYaml: EditDocument = (text, edits) => {
  const document = parseDocument(text, READ)
  const [error] = document.errors
  if (error !== undefined) return {fault: error.message.split('\n')[0]!.replace(/:$/, '')}
  const before: unknown = document.toJS()
  const wanted = applyEdits(before, edits)
  if (sameSettings(before, wanted)) return {text}
  const habits = habitsOf(text)
  return {text: edited(document, edits, wanted, habits) ?? new Document(wanted, READ).toString(habits)}
}

const edited = (
  document: Document.Parsed,
  edits: readonly DocumentEdit[],
  wanted: unknown,
  habits: ToStringOptions,
): string | undefined => {
  try {
    withoutAliases(document)
    for (const edit of edits) {
      if ('remove' in edit) document.deleteIn(edit.path)
      else if (!place(document, document.contents, edit.path, edit.value)) return undefined
    }
    const text = document.toString(habits)
    const after: unknown = parseDocument(text, READ).toJS()
    return sameSettings(after, wanted) ? text : undefined
  } catch {
    return undefined
  }
}

/** Sets a value in the deepest map that is there already; what is missing below it is made in one piece. */
const place = (document: Document.Parsed, map: unknown, path: readonly string[], value: unknown): boolean => {
  const [step, ...rest] = path
  if (!isMap(map) || step === undefined) return false
  const below = map.get(step, true)
  if (rest.length > 0 && isMap(below)) return place(document, below, rest, value)
  const made = rest.length === 0 ? value : applyEdits(undefined, [{path: rest, value}])
  // A scalar that is there keeps its comment.
  if (isScalar(below) && (typeof made !== 'object' || made === null)) below.value = made
  else
    map.set(
      map.items.find(({key}) => isScalar(key) && String(key.value) === step)?.key ?? step,
      document.createNode(made),
    )
  return true
}

/** An alias would change with what it stands for: each becomes a copy of its own. */
const withoutAliases = (document: Document.Parsed): void => {
  visit(document, {
    Alias: (_, node) => copyOf(node, document),
  })
  visit(document, {
    Node: (_, node) => {
      if (!isAlias(node) && 'anchor' in node) delete node.anchor
    },
  })
}

const copyOf = (alias: Alias, document: Document.Parsed) => {
  const source = alias.resolve(document)
  if (source === undefined || !isNode(source)) return undefined
  return document.createNode(source.toJS(document))
}
