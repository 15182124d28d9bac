import {execFileSync} from 'node:child_process'
import {chmodSync, writeFileSync} from 'node:fs'
import {delimiter, join} from 'node:path'
import {describe, expect, test} from 'vitest'
import {wantsColour} from '../../src/terminal/palette.js'
import {temporaryFolder} from '../support/connection.js'

/** What the tour prints itself, with the program replaced by one that prints nothing. */
const toured = (env: Readonly<Record<string, string>>): string => {
  const folder = temporaryFolder()
  const silent = join(folder, 'kubectl')
  writeFileSync(silent, '#!/bin/sh\n')
  chmodSync(silent, 0o755)
  const PATH = [folder, process.env['PATH']].join(delimiter)
  return execFileSync('sh', ['scripts/tour.sh'], {encoding: 'utf8', env: {...process.env, ...env, PATH}})
}

describe('the tour in a pipe', () => {
  test.each<Readonly<Record<string, string>>>([
    {},
    {NO_COLOR: '1'},
    {FORCE_COLOR: '1'},
    {FORCE_COLOR: '0', CLICOLOR_FORCE: '1'},
    {FORCE_COLOR: 'false'},
    {NO_COLOR: '1', FORCE_COLOR: '1'},
    {CLICOLOR_FORCE: '1'},
    {CLICOLOR_FORCE: '0'},
    {TERM: 'dumb', CLICOLOR_FORCE: '1'},
  ])('has color where the program has it: %j', (env) => {
    expect(/\u001b/.test(toured(env))).toBe(wantsColour(false, env))
  })
})
