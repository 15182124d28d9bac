import {describe, expect, test} from 'vitest'
import {CTRL_C, play} from './support/screen.js'
import {DATABASES, EMPTY, HOME, KAFKA, PLACE, richObjects, SHARING, versionsOf} from './support/setup-scenes.js'
import {hasScript, onRealCluster, theatre, type Stage} from './support/stage.js'
import {movesFor, takes, waiting, type Answered} from './support/wizard.js'

const {stage} = theatre()

/** Passwords are typed, so that they are asked for as well. */
const typed = (answers: readonly Answered[]): Answered[] =>
  answers
    .filter(({question}) => question !== 'File with the password:')
    .map((one) => (one.question === 'Where does its password come from?' ? {question: one.question} : one))

const passwordOf = (user: string): Answered[] => [
  {question: `Password of ${user}:`, typed: `s3cret-${user}`},
  {question: 'The same again:', typed: `s3cret-${user}`},
]

const direct = takes('How do workflows and services talk', 'dir', 'directly')

/** Two ways through the questions. */
const databases: readonly Answered[] = [
  ...PLACE,
  ...typed(DATABASES),
  direct,
  SHARING,
  ...passwordOf('sonataflow'),
  ...passwordOf('jobs'),
  takes('Set up platform "shop"', 'change', 'change an answer'),
  {question: 'Which answer?'},
]
const events: readonly Answered[] = [
  ...EMPTY.slice(0, 3),
  takes('Where do the services keep', 'nowhere', 'nowhere'),
  ...typed(KAFKA),
]

interface Cancelled {
  way: readonly Answered[]
  index: number
}

const at = (way: readonly Answered[], question: string): Cancelled => ({
  way,
  index: way.findIndex((one) => one.question === question),
})

/** Every sort of question; that none of them all does anything is shown without a terminal, where it costs little. */
const questions: readonly Cancelled[] = [
  at(databases, 'Namespace of the platform?'),
  at(databases, 'Name of the new namespace:'),
  at(databases, 'Namespace "flows" does not exist.'),
  at(databases, 'Password of sonataflow:'),
  at(databases, 'The same again:'),
  at(databases, 'Set up platform "shop"'),
  at(databases, 'Which answer?'),
  at(events, "Who has signed Kafka's certificate?"),
]

/** How many terminals are open at once. */
const AT_ONCE = 4

const nameOf = ({way, index}: Cancelled): string => way[index]?.question ?? ''

describe.skipIf(!hasScript || onRealCluster)('platform setup', () => {
  test('Ctrl-C at any sort of question leaves nothing done', {timeout: 60_000}, async () => {
    const scene = await stage()
    await scene.given(...richObjects)
    const before = await versionsOf(scene)
    const open = [...questions]
    const ended: string[] = []
    const work = async (): Promise<void> => {
      for (let one = open.pop(); one !== undefined; one = open.pop())
        ended.push(`${nameOf(one)} ${await cancelledAt(scene, one)}`)
    }
    await Promise.all(Array.from({length: AT_ONCE}, work))
    expect(ended.toSorted()).toEqual(questions.map((one) => `${nameOf(one)} 130`).toSorted())
    expect(await versionsOf(scene)).toEqual(before)
  })
})

/** Answers the questions before this one, and types Ctrl-C there; answers the exit code. */
const cancelledAt = async (scene: Stage, {way, index}: Cancelled): Promise<number> => {
  const save = '--save-answers never.yaml --save-runbook never.sh --save-manifests never'
  const {code, scrolled} = await play(scene, `kubectl sfl platform setup -n ${HOME} ${save}`, [
    ...movesFor(way.slice(0, index), {keep: false}),
    {see: waiting(way[index]?.question ?? ''), keys: CTRL_C},
  ])
  expect(scrolled).toMatch(/error: cancelled, nothing was changed$/)
  return code
}
