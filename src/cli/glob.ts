import type {Runtime} from './runtime.js'

const MAGIC = /[*?[\]]/

/** One part of a path as Go's filepath.Match reads it: `*`, `?`, `[a-z]`, `[^a]`, and a backslash before what means itself. */
const matcherOf = (pattern: string): ((name: string) => boolean) => {
  const source = pattern.replace(
    /\\(.)|\*|\?|\[(\^?)((?:\\.|[^\]\\])+)\]|[.+^${}()|\]\\/[]/g,
    (text, escaped, not, set) => {
      if (typeof escaped === 'string') return escaped.replace(/\W/g, '\\$&')
      if (text === '*') return '[^/]*'
      if (text === '?') return '[^/]'
      return typeof set === 'string' ? `[${String(not)}${set.replaceAll('[', '\\[')}]` : `\\${text}`
    },
  )
  try {
    const expression = new RegExp(`^${source}$`)
    return (name) => expression.test(name)
  } catch {
    return (name) => name === pattern
  }
}

/**
 * The paths that a pattern means, in their order, as kubectl expands one that no shell has expanded
 * (`expandIfFilePattern` of cli-runtime). What is no pattern is its own answer, whether or not it exists.
 */
export const globbed = async (path: string, listFolder: Runtime['listFolder']): Promise<string[]> => {
  if (!MAGIC.test(path)) return [path]
  const parts = path.split('/').filter((part, index) => part !== '' || index === 0)
  let found = [parts[0] === '' ? '/' : '']
  for (const [index, part] of parts.entries()) {
    if (index === 0 && part === '') continue
    const isLast = index === parts.length - 1
    const join = (folder: string, name: string): string =>
      folder === '' ? name : folder.endsWith('/') ? `${folder}${name}` : `${folder}/${name}`
    if (!MAGIC.test(part)) {
      found = found.map((folder) => join(folder, part))
      continue
    }
    const fits = matcherOf(part)
    const inside = await Promise.all(
      found.map(async (folder) =>
        ((await listFolder(folder === '' ? '.' : folder)) ?? [])
          .filter(({name, isFolder}) => fits(name) && (isLast || isFolder))
          .map(({name}) => join(folder, name))
          .sort(),
      ),
    )
    found = inside.flat()
  }
  return found
}
