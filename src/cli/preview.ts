import {handleOf, type KubeObject, type Ref} from '../domain/core/object.js'
import {comparableTexts, unifiedDiff} from '../output/diff.js'
import type {Palette} from '../terminal/palette.js'
import type {NamedText, Runtime} from './runtime.js'

/** What one step makes of one object. */
export interface Change {
  ref: Ref
  before: KubeObject | undefined
  after: KubeObject | undefined
}

/** A unified diff of every changed object; a line for those that stay as they are. */
export const previewText = async (changes: readonly Change[], palette: Palette): Promise<string> => {
  const texts = await Promise.all(
    changes.map(async ({ref, before, after}) => {
      const text = await unifiedDiff(before, after, {palette})
      return text === '' ? `${handleOf(ref)}: no difference\n` : text
    }),
  )
  return texts.join('')
}

/** The same through the program named by KUBECTL_EXTERNAL_DIFF, which is given two folders of files as by kubectl diff. */
export const showPreview = async (runtime: Runtime, command: string, changes: readonly Change[]): Promise<void> => {
  const before: NamedText[] = []
  const after: NamedText[] = []
  for (const change of changes) {
    const name = [change.ref.apiVersion.replace('/', '.'), change.ref.kind, change.ref.namespace ?? '', change.ref.name]
      .filter(Boolean)
      .join('.')
    const [old, planned] = await comparableTexts(change.before, change.after)
    before.push({name, text: old})
    after.push({name, text: planned})
  }
  await runtime.externalDiff(command, before, after)
}
