import {describe, expect, test} from 'vitest'
import {interview, type Interview} from '../../src/cli/wizard/ask.js'
import type {Question} from '../../src/cli/wizard/question.js'
import {scriptedPrompts} from '../support/scripted-prompts.js'
import {streamsTo} from '../support/streams.js'

type Id = 'kind' | 'name' | 'size' | 'end'

/** `name` is offered by the kind, `size` belongs to boxes, `end` depends on nothing. */
const questions: ReadonlyArray<Question<Id>> = [
  {id: 'kind', text: 'Kind?', choices: () => [{value: 'box'}, {value: 'bag'}], initial: () => 'box'},
  {id: 'name', text: 'Name:', initial: ({kind = ''}) => `my-${kind}`, help: 'any name'},
  {
    id: 'size',
    text: 'Size:',
    when: async ({kind}) => kind === 'box',
    check: (answer) => /^\d+$/.test(answer) || 'expected a number',
    verify: async (answer) => answer !== '13' || 'there are no boxes of size 13',
    initial: () => '1',
  },
  {id: 'end', text: 'End:', initial: () => 'x'},
]

const talk = async (
  replies: readonly string[],
  options: {before?: Interview<Id>; again?: Id} = {},
): Promise<{result: Interview<Id>; asked: string[]; screen: string}> => {
  let screen = ''
  const write = (text: string): void => void (screen += text)
  const streams = streamsTo({err: write}, {interactive: true, errIsTerminal: true, outIsTerminal: true})
  const result = await interview({prompts: scriptedPrompts({replies}, write), streams}, questions, options)
  return {result, asked: [...screen.matchAll(/^\? (\w+)/gm)].map(([, word = '']) => word), screen}
}

describe('an interview', () => {
  test('asks what applies, and offers what was found', async () => {
    const {result, asked} = await talk(['bag', '', ''])
    expect(asked).toEqual(['Kind', 'Name', 'End'])
    expect(result.answers).toEqual({kind: 'bag', name: 'my-bag', end: 'x'})
  })

  test('goes back with <, one answer at a time, and not before the first one', async () => {
    const {result, asked} = await talk(['box', 'a', '<', '<', 'box', '7', ''])
    expect(asked).toEqual(['Kind', 'Name', 'Size', 'Name', 'Kind', 'Size', 'End'])
    expect(result.answers).toEqual({kind: 'box', name: 'a', size: '7', end: 'x'})
    // The first question has nothing before it: there < is an answer like any other, and no choice.
    await expect(talk(['<'])).rejects.toThrow('"<" is no answer')
  })

  test('after a change asks only what shows something else because of it', async () => {
    const {result: before} = await talk(['box', 'a', '7', 'z'])
    const renamed = await talk(['b'], {before, again: 'name'})
    expect(renamed.asked).toEqual(['Name'])
    expect(renamed.result.answers).toEqual({kind: 'box', name: 'b', size: '7', end: 'z'})
    const changed = await talk(['bag', ''], {before, again: 'kind'})
    expect(changed.asked).toEqual(['Kind', 'Name'])
    expect(changed.result.answers).toEqual({kind: 'bag', name: 'a', end: 'z'})
    // Back to a box: its size is known, and looks as before.
    const back = await talk(['box', ''], {before: changed.result, again: 'kind'})
    expect(back.asked).toEqual(['Kind', 'Name'])
    expect(back.result.answers).toEqual({kind: 'box', name: 'a', size: '7', end: 'z'})
  })

  test('explains what is wrong in place, whoever finds it, and tells more with ?', async () => {
    const {screen, result} = await talk(['box', '?', 'a', 'big', '13', '14', ''])
    expect(screen).toContain('(? tells more)\n'.replace('more)', 'more, < goes back)'))
    expect(screen).toContain('any name\n? Name:')
    expect(screen).toContain('> big\n! expected a number\n> 13\nthere are no boxes of size 13\n? Size: (13)\n> 14\n')
    expect(result.answers.size).toBe('14')
  })
})
