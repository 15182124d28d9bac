import {readdirSync, readFileSync} from 'node:fs'
import {join} from 'node:path'
import {describe, expect, test} from 'vitest'
import {catalogue} from '../../../src/domain/findings/catalogue.js'
import {run, type Ran} from '../../support/run.js'
import {allScenes} from './scenes/all.js'
import {aSecret, codesOf, home, kafkaConfig, prepared, withConfig, type Scene} from './scenes/scene.js'

const scenes = await allScenes()

const look = async (scene: Scene, format = 'short'): Promise<Ran> =>
  run(
    ['check', ...(scene.args ?? (scene.bare === true ? '' : `-n ${home}`)).split(' ').filter(Boolean), '-o', format],
    {
      sandbox: await prepared(scene),
      ...(scene.user === undefined ? {} : {user: scene.user}),
      ...(scene.files === undefined ? {} : {files: scene.files}),
    },
  )

/** Uids and what is made of them are new in every run. */
const tidy = (text: string): string =>
  text
    .replace(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, 'UID')
    .replace(/[0-9a-f]{32,37}\b/g, 'HASH')

describe.each([...scenes])('check tells of %s', (group, some) => {
  const told: string[] = []

  test.each(some)('$shows', async (scene) => {
    const {out, code} = await look(scene)
    told.push(`# ${scene.shows}\n${out}`)
    expect(codesOf(out)).toEqual([...scene.codes].sort())
    expect(code).toBe(/^error/m.test(out) ? 5 : 0)
  })

  test('in these words', async () => {
    const golden = join(import.meta.dirname, '../../golden/commands/check/findings', `${group}.txt`)
    await expect(tidy(told.join('\n'))).toMatchFileSnapshot(golden)
  })
})

/** What commands say of a change that is asked for; nothing of it can be seen in what is there. */
const ofChanges = [
  ...['A01', 'A03', 'A14', 'A16', 'A20', 'A21', 'A23', 'A25'],
  ...['B01', 'B04', 'B07', 'B10', 'B12', 'B15', 'B21'],
  ...['C01', 'C04', 'C05', 'C08', 'C10', 'C11', 'C16'],
  ...['CP07', 'CP08', 'CP09', 'CP20', 'CP21', 'CP22', 'CP24'],
  ...['D04', 'D13', 'DB20', 'DB21', 'DB22'],
  ...['F01', 'F02', 'F03', 'F04', 'F12', 'F13', 'F14', 'F15', 'F16', 'F17', 'F18'],
  ...['I08', 'I09', 'I10', 'I12'],
  ...['K07', 'K14', 'K17', 'K18', 'K19', 'K20', 'K21', 'K22', 'K23', 'K26', 'K27', 'K28', 'K30', 'K32', 'K33', 'K34'],
  ...['K40', 'K41', 'K42', 'K43', 'K47'],
  ...['P07', 'P08', 'P09', 'P20', 'P21', 'P22', 'P23', 'P24', 'P26'],
  ...['S01', 'S04', 'S08', 'S09', 'S16', 'S17', 'S20', 'T01', 'T11', 'T12', 'T13', 'T14', 'T22', 'T24', 'W06', 'W08'],
]
/** Notes about what is as it is meant to be; `describe` has them. */
const notes = ['A11', 'A15', 'A19', 'C18', 'D12', 'DB15', 'I06', 'S13']
/** In reports these are sentences behind `not verified:`. */
const notVerified = ['B11', 'I05', 'K44', 'P06']
/** What they say is said of each object: of the trigger (I11) and of the broker. */
const toldOtherwise = ['I07', 'K46']

describe('every code of the catalogue', () => {
  const shown = new Set([...scenes.values()].flat().flatMap(({codes}) => codes))
  const elsewhere = [...ofChanges, ...notes, ...notVerified, ...toldOtherwise].map((code) => `SFL-${code}`)

  test('has a scene above in which check shows it, or is named here with the reason why check never does', () => {
    expect([...shown, ...elsewhere].sort()).toEqual(Object.keys(catalogue).sort())
  })

  test('that the checks themselves give is shown by one of the scenes', () => {
    const folder = join(import.meta.dirname, '../../../src/domain/check/checks')
    const given = readdirSync(folder)
      .filter((name) => name.endsWith('-checks.ts'))
      .flatMap(
        (name) =>
          readFileSync(join(folder, name), 'utf8').match(/(?<=finding\('|missing: '|addressless: ')SFL-\w+/g) ?? [],
      )
    expect(given.filter((code) => !shown.has(code) && code !== 'SFL-B11')).toEqual([])
  })
})

test('the value of a Secret is in none of the formats', async () => {
  const scene: Scene = {
    shows: 'a Secret in the old format',
    objects: [
      kafkaConfig('own', {'auth.secret.ref.name': 'old'}),
      withConfig('own'),
      aSecret('old', {password: 'hunter2', user: 'app', saslType: 'PLAIN'}),
    ],
    codes: [],
    args: '-A',
  }
  for (const format of ['short', 'json', 'yaml', 'junit', 'sarif']) {
    const {out, err} = await look(scene, format)
    expect(out + err).toContain('old')
    expect(out + err).not.toMatch(/hunter2|aHVudGVyMg/)
  }
})
