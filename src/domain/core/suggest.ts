/** "Did you mean": the nearest of the known words, or nothing when none is near. Case counts as a small difference. */

/** Which letters a text has, as bits; some letters share one. */
const lettersOf = (text: string): number => {
  let bits = 0
  for (let index = 0; index < text.length; index++) bits |= 1 << (text.charCodeAt(index) & 31)
  return bits
}

/** One edit changes at most two of the bits, so that most words need no closer look. */
const mayBeNear = (one: number, other: number, limit: number): boolean => {
  let different = one ^ other
  let count = 0
  while (different !== 0 && count <= 2 * limit) {
    different &= different - 1
    count += 1
  }
  return count <= 2 * limit
}

/** Edits (insert, remove, replace, swap neighbours) that turn one text into the other; more than `limit` are not counted. */
const distance = (from: string, to: string, limit: number): number => {
  if (Math.abs(from.length - to.length) > limit) return Infinity
  let before: number[] = []
  let above = Array.from({length: to.length + 1}, (_, j) => j)
  let least = 0
  for (let i = 1; i <= from.length; i++) {
    const row = [i]
    let smallest = i
    for (let j = 1; j <= to.length; j++) {
      const same = from[i - 1] === to[j - 1]
      const swapped = i > 1 && j > 1 && from[i - 1] === to[j - 2] && from[i - 2] === to[j - 1]
      const edits = Math.min(
        above[j]! + 1,
        row[j - 1]! + 1,
        above[j - 1]! + (same ? 0 : 1),
        swapped ? before[j - 2]! + 1 : Infinity,
      )
      row[j] = edits
      smallest = Math.min(smallest, edits)
    }
    // A swap reaches over one row.
    if (smallest > limit && least > limit) return Infinity
    least = smallest
    before = above
    above = row
  }
  return above[to.length]!
}

/** Up to three candidates, nearest first; at most a third of the word may differ, and two letters of a short one. */
export const suggestions = (word: string, known: readonly string[]): string[] => {
  const wanted = word.toLowerCase()
  const letters = lettersOf(wanted)
  const limit = Math.min(Math.max(2, Math.floor(wanted.length / 3)), Math.max(1, wanted.length - 1))
  return known
    .map((candidate, order) => {
      const lower = candidate.toLowerCase()
      const abbreviated = wanted.length >= 3 && lower.startsWith(wanted)
      const near = abbreviated || mayBeNear(letters, lettersOf(lower), limit)
      return {candidate, order, edits: abbreviated ? 0.5 : near ? distance(wanted, lower, limit) : Infinity}
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
