/** The word a user most likely meant, `undefined` when none is close: at most a third of its letters differ. */
export const nearest = (word: string, words: Iterable<string>): string | undefined => {
  let best: string | undefined
  let least = Infinity
  for (const candidate of words) {
    const far = distance(word.toLowerCase(), candidate.toLowerCase())
    if (far < least && far <= Math.max(1, Math.floor(candidate.length / 3))) {
      best = candidate
      least = far
    }
  }
  return best
}

/** Levenshtein's edit distance. */
const distance = (left: string, right: string): number => {
  let row = Array.from({length: right.length + 1}, (_, column) => column)
  for (let i = 1; i <= left.length; i++) {
    const next = [i]
    for (let j = 1; j <= right.length; j++) {
      next.push(Math.min(next[j - 1]! + 1, row[j]! + 1, row[j - 1]! + (left[i - 1] === right[j - 1] ? 0 : 1)))
    }
    row = next
  }
  return row[right.length]!
}
