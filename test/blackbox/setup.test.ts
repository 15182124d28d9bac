import {describe, expect, test} from 'vitest'
import {PLATFORM} from '../../src/domain/sonataflow/names.js'
import {ENTER, matchesScreens, play} from './support/screen.js'
import {EMPTY, emptyObjects, HOME, instead, passwordFiles, richObjects} from './support/setup-scenes.js'
import {hasScript, onRealCluster, theatre, type Stage} from './support/stage.js'
import {movesFor, takes} from './support/wizard.js'

const SETUP = `kubectl sfl platform setup -n ${HOME}`

const platformsOf = ({api}: Stage) => api.list(PLATFORM, HOME)

const rich = async (scene: Stage): Promise<void> => {
  for (const [name, text] of Object.entries(passwordFiles)) await scene.file(name, text)
  await scene.given(...richObjects)
}

describe.skipIf(!hasScript || onRealCluster)('platform setup on an empty cluster', () => {
  // Each scene sees the whole cluster, so each has one of its own.
  const stages = {80: theatre(), 40: theatre()}

  test('makes what was answered, on 80 and on 40 columns', {timeout: 120_000}, async () => {
    const last = takes('Set up platform "shop"', 'yes', 'yes, carry it out')
    const scenes = [80, 40].map(async (columns) => {
      const scene = await (columns === 80 ? stages[80] : stages[40]).stage()
      await scene.given(...emptyObjects)
      const played = await play(scene, SETUP, movesFor([...EMPTY, last]), {columns})
      return {columns, played, made: await platformsOf(scene)}
    })
    for (const {columns, played, made} of await Promise.all(scenes)) {
      await matchesScreens(`setup-empty-${columns}`, played)
      expect(played.code, played.scrolled).toBe(0)
      expect(made.map(({metadata}) => metadata.name)).toEqual(['shop'])
    }
  })
})

describe.skipIf(!hasScript || onRealCluster)('platform setup on a rich cluster', () => {
  const stages = {plain: theatre(), colour: theatre(), narrow: theatre()}

  /** Back, forth, wrong and right: what a person does who has not done this for a quarter of a year. */
  const wandering = [
    ...movesFor([{question: 'Namespace of the platform?'}, {question: 'Name of the platform:', typed: '?'}]),
    {see: /called sonataflow-platform\.[^]*Name of the platform:/, keys: ENTER, keep: 'more about the name'},
    ...movesFor([takes('Which services?', 'tell', '? tell me more')]),
    {see: /Document 5\.3\.1[^]*❯ Data Index and Job Service/, keys: ENTER, keep: 'more about the services'},
    ...movesFor([
      takes('Where do the services keep their data?', '<', '< go back'),
      {question: 'Which services?'},
      {question: 'Where do the services keep their data?'},
      {question: 'Service of the PostgreSQL?'},
      {question: 'Database:', typed: 'flows'},
      takes('Secret with user and password?', 'new', 'a new one'),
      {question: 'Name of the new Secret:', typed: 'new-auth'},
      {question: 'User of the database'},
      takes('Where does its password come from?', 'file', 'it is in a file'),
      {question: 'File with the password:', typed: 'lost.txt'},
    ]),
    {see: /cannot read lost\.txt[^]*❯ it is in a file/, keys: ENTER, keep: 'a file that is not there'},
    ...movesFor([
      {question: 'File with the password: (lost.txt)', typed: 'pg.txt'},
      takes('Who runs the database migrations?', 'job', 'job:'),
      {question: 'Who uses this database?'},
      {question: 'Schema of Data Index:', typed: 'data'},
      {question: 'Schema of Job Service:', typed: 'data'},
    ]),
    {see: /Data Index has this schema already/, keys: `${instead(4, 'jobs')}${ENTER}`, keep: 'the same schema'},
    ...movesFor([{question: 'Pods of Data Index:', typed: 'two'}]),
    {see: /expected a whole number/, keys: `${instead(3, '<')}${ENTER}`, keep: 'not a number'},
    ...movesFor([
      {question: 'Schema of Job Service: (jobs)'},
      {question: 'Pods of Data Index:', typed: '2'},
      takes('How do workflows and services talk', 'exists', 'through a broker that exists'),
      takes('Which broker?', 'orders', 'orders'),
      {question: 'May workflows of all namespaces'},
      takes('Set up platform "shop"', 'change', 'change an answer'),
      takes('Which answer?', 'pods', 'Pods of Data Index: 2'),
      {question: 'Pods of Data Index: (2)', typed: '3'},
      takes('Set up platform "shop"', 'yes', 'yes, carry it out'),
    ]),
  ]

  const looks = [
    {name: 'plain', columns: 80, colour: false},
    {name: 'colour', columns: 80, colour: true},
    {name: 'narrow', columns: 40, colour: false},
  ] as const

  test('goes back and forth, explains, and carries out, with and without colour', {timeout: 120_000}, async () => {
    const scenes = looks.map(async ({name, ...look}) => {
      const scene = await stages[name].stage()
      await rich(scene)
      const played = await play(scene, SETUP, wandering, {...look, rows: 30})
      return {name, played, made: await platformsOf(scene)}
    })
    for (const {name, played, made} of await Promise.all(scenes)) {
      await matchesScreens(`setup-rich-${name}`, played)
      expect(played.code, played.scrolled).toBe(0)
      expect(played.scrolled).not.toContain('s3cret')
      expect(made[0]).toMatchObject({
        metadata: {name: 'shop'},
        spec: {services: {dataIndex: {podTemplate: {replicas: 3}}, jobService: {enabled: true}}},
      })
    }
  })
})

describe.skipIf(!hasScript)('a list of choices', () => {
  const {stage} = theatre()

  test('shows what has the letters that were typed', {timeout: 60_000}, async () => {
    const scene = await stage()
    await scene.prepare('kubectl sfl channel create pipe --type imc')
    await scene.prepare('kubectl sfl channel create other --type imc')
    const {code, scrolled} = await play(scene, 'kubectl sfl channel delete', [
      {see: /❯ other/, keys: 'pi'},
      {see: /❯ pipe/, keys: ENTER},
      {see: /Delete channel "pipe"[^]*\(y\/N\)/, keys: `y${ENTER}`},
    ])
    expect(code, scrolled).toBe(0)
    expect(scrolled).toContain('channel.messaging.knative.dev/pipe deleted')
  })
})
