/** "Did you mean": the nearest of the known words, or nothing when none is near. Case counts as a small difference. */

/** Edits (insert, remove, replace, swap neighbours) that turn one text into the other. */
const distance = (from: string, to: string): number => {
  const rows: number[][] = [Array.from({length: to.length + 1}, (_, j) => j)]
  for (let i = 1; i <= from.length; i++) {
    const row = [i]
    for (let j = 1; j <= to.length; j++) {
      const same = from[i - 1] === to[j - 1]
      const swapped = i > 1 && j > 1 && from[i - 1] === to[j - 2] && from[i - 2] === to[j - 1]
      row[j] = Math.min(
        rows[i - 1]![j]! + 1,
        row[j - 1]! + 1,
        rows[i - 1]![j - 1]! + (same ? 0 : 1),
        swapped ? rows[i - 2]![j - 2]! + 1 : Infinity,
      )
    }
    rows.push(row)
  }
  return rows[from.length]![to.length]!
}

/** Up to three candidates, nearest first; at most a third of the word may differ, and two letters of a short one. */
export const suggestions = (word: string, known: readonly string[]): string[] => {
  const wanted = word.toLowerCase()
  const limit = Math.min(Math.max(2, Math.floor(wanted.length / 3)), Math.max(1, wanted.length - 1))
  return known
    .map((candidate, order) => {
      const lower = candidate.toLowerCase()
      const abbreviated = wanted.length >= 3 && lower.startsWith(wanted)
      return {candidate, order, edits: abbreviated ? 0.5 : distance(wanted, lower)}
    })
    .filter(({edits}) => edits <= limit)
    .sort((a, b) => a.edits - b.edits || a.order - b.order)
    .slice(0, 3)
    .map(({candidate}) => candidate)
}

/** `did you mean "Kafka"?`, or nothing. */
export const didYouMean = (word: string, known: readonly string[]): string | undefined => {
  const [nearest] = suggestions(word, known)
  return nearest === undefined || nearest === word ? undefined : `did you mean "${nearest}"?`
}
