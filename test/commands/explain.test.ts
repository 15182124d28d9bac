import {describe, expect, test} from 'vitest'
import {catalogue} from '../../src/domain/findings/catalogue.js'
import {run} from '../support/run.js'
import {aSession} from '../support/session.js'

describe('explain', () => {
  test('tells what a code means, what the operators do, and how to repair it', async () => {
    const session = aSession()
    await session.type('kubectl sfl explain SFL-B03')
    await session.type('kubectl sfl explain b05 SFL-D01')
    await session.type('kubectl sfl explain SFL-B03 -o json')
    await session.type('kubectl sfl explain SFL-B03 -o yaml')
    await session.matches('explain')
  })

  test('an unknown code is an error that names the nearest', async () => {
    expect(await run('explain SFL-B033')).toEqual({
      out: '',
      err: `error: there is no finding "SFL-B033" - did you mean "SFL-B03"?\nhint: 'kubectl sfl explain' lists all codes.\n`,
      code: 2,
    })
    expect((await run('explain SFL-B03 -o wide')).code).toBe(2)
  })

  test('lists every code of the catalogue, for people and for programs', async () => {
    const {out} = await run('explain')
    const codes = out
      .trimEnd()
      .split('\n')
      .map((line) => line.split(' ')[0])
    expect(codes).toEqual(['CODE', ...Object.keys(catalogue).sort()])
    expect(JSON.parse((await run('explain -o json')).out)).toHaveLength(codes.length - 1)
  })
})
