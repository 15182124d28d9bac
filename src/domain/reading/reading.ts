import {type Eventually, type Reader} from './reader.js'

/**
 * What a noun needs to know is written once, as a `Reading`: a generator that asks and goes on with the answers. Commands
 * run it against the cluster, `check` runs the same one over the lists that it has read, without waiting; so they cannot
 * disagree.
 */
export type Reading<T> = Generator<Question<unknown>, T, void>

/** One question and, once a reader was asked, its answer. */
export class Question<T> {
  #answer: {value: T} | undefined

  constructor(private readonly ask: (reader: Reader) => Eventually<T>) {}

  /** Asks; the promise is there only where the reader needs time. */
  put(reader: Reader): Promise<void> | undefined {
    const given = this.ask(reader)
    if (given instanceof Promise)
      return given.then((value) => {
        this.#answer = {value}
      })
    this.#answer = {value: given}
    return undefined
  }

  get answer(): T {
    if (this.#answer === undefined) throw new Error('the answer of a question was used before it was asked')
    return this.#answer.value
  }
}

/** Asks one question. */
export function* ask<T>(question: (reader: Reader) => Eventually<T>): Reading<T> {
  const asked = new Question(question)
  yield asked
  return asked.answer
}

/** What is known already, in the place of a reading. */
// eslint-disable-next-line require-yield
export function* given<T>(value: T): Reading<T> {
  return value
}

const goOn = async <T>(reader: Reader, reading: Reading<T>, pending: Promise<void>): Promise<T> => {
  await pending
  for (;;) {
    const step = reading.next()
    if (step.done === true) return step.value
    await step.value.put(reader)
  }
}

/** Runs a reading: at once where the reader answers at once. */
export const run = <T>(reader: Reader, reading: Reading<T>): Eventually<T> => {
  for (;;) {
    const step = reading.next()
    if (step.done === true) return step.value
    const pending = step.value.put(reader)
    if (pending !== undefined) return goOn(reader, reading, pending)
  }
}

/** Runs a reading over a reader that answers at once. */
export const readNow = <T>(reader: Reader, reading: Reading<T>): T => {
  const answer = run(reader, reading)
  if (answer instanceof Promise) throw new Error('a reader that should answer at once needs time')
  return answer
}

/** One reading for each of these, all at the same time; the answers keep the order. */
export const each = <P, T>(places: readonly P[], read: (place: P) => Reading<T>): Reading<T[]> =>
  ask((reader): Eventually<T[]> => {
    const answers = places.map((place) => run(reader, read(place)))
    const ready = answers.flatMap((answer) => (answer instanceof Promise ? [] : [answer]))
    return ready.length === answers.length ? ready : Promise.all(answers)
  })

type Readings = Readonly<Record<string, Reading<unknown>>>
type Answers<R extends Readings> = {-readonly [K in keyof R]: R[K] extends Reading<infer T> ? T : never}

const isComplete = <R extends Readings>(
  readings: R,
  answers: Readonly<Record<string, unknown>>,
): answers is Answers<R> => Object.keys(readings).every((name) => Object.hasOwn(answers, name))

/** Several readings at the same time, by name. */
export function* together<R extends Readings>(readings: R): Reading<Answers<R>> {
  const names = Object.keys(readings)
  const answers = yield* each(Object.values<Reading<unknown>>(readings), (reading) => reading)
  const named = Object.fromEntries(names.map((name, index) => [name, answers[index]]))
  if (!isComplete(readings, named)) throw new Error('a reading ended without an answer')
  return named
}

/** A reading whose answer is the same for many objects: kept as long as its reader is. The words tell one from another. */
export const shared = <A extends readonly string[], T>(
  read: (...words: A) => Reading<T>,
): ((...words: A) => Reading<T>) => {
  const known = new WeakMap<Reader, Map<string, Eventually<T>>>()
  return (...words) =>
    ask((reader) => {
      const kept = known.get(reader) ?? new Map<string, Eventually<T>>()
      known.set(reader, kept)
      const key = words.join('\0')
      const found = kept.get(key)
      if (found !== undefined) return found
      const answer = run(reader, read(...words))
      kept.set(key, answer)
      return answer
    })
}
