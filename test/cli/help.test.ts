import {describe, expect, test} from 'vitest'
import {commands, nouns} from '../../src/commands/index.js'
import {run} from '../support/run.js'

const golden = (name: string): string => `../golden/commands/help-${name}.txt`
const pages = [
  [],
  ...Object.keys(nouns).map((noun) => noun.split(':')),
  ...Object.keys(commands).map((id) => id.split(':')),
  ['exit-codes'],
  ['environment'],
  ['output'],
]

const titled = pages.map((words) => [words.join(' ') || 'of the program', words] as const)

describe('help', () => {
  test.each(titled)('%s: is as it was, fits a page and has no blanks at line ends', async (_title, words) => {
    const {out, err, code} = await run(['help', ...words])
    expect({err, code}).toEqual({err: '', code: 0})
    await expect(out).toMatchFileSnapshot(golden(words.join('-') || 'program'))
    expect(out).not.toMatch(/[ \t]$/m)
    const examples = out.split('\n').filter((line) => /^ {2}(#|kubectl |export )/.test(line))
    for (const line of out.split('\n').filter((one) => !examples.includes(one)))
      expect(line.length, line).toBeLessThanOrEqual(120)
  })

  test.each([
    ['--help', []],
    ['-h', []],
    ['', []],
    ['broker', ['broker']],
    ['broker --help', ['broker']],
    ['-h broker', ['broker']],
    ['broker create --help', ['broker', 'create']],
    ['broker create orders --class Kafka -h', ['broker', 'create']],
    ['brokers ls --help', ['broker', 'list']],
    ['help broker create', ['broker', 'create']],
    ['-n demo broker list --help', ['broker', 'list']],
  ])('%j shows the page of %j', async (line, words) => {
    expect(await run(line)).toEqual(await run(['help', ...words]))
  })

  test.each(titled)('%s: under kn it is written as kn takes it', async (_title, words) => {
    const {out} = await run(['help', ...words], {invokedAs: '/usr/bin/kn-sfl'})
    const kubectl = await run(['help', ...words])
    expect(out.replaceAll('kn sfl', 'kubectl sfl')).toBe(kubectl.out)
    // The page on exit codes tells the two apart on purpose.
    if (words[0] !== 'exit-codes') expect(out).not.toContain('kubectl sfl')
  })

  test('under kn the first page is that of kn', async () => {
    await expect((await run('help', {invokedAs: '/usr/bin/kn-sfl'})).out).toMatchFileSnapshot(golden('kn'))
  })

  test('help for what does not exist is wrong usage', async () => {
    expect(await run('help brokr')).toEqual({
      out: '',
      err: `error: unknown command "brokr" for "kubectl sfl" - did you mean "kubectl sfl broker"?\nhint: See 'kubectl sfl --help'.\n`,
      code: 2,
    })
  })
})
