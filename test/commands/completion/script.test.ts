import {execFileSync} from 'node:child_process'
import {expect, test} from 'vitest'
import {run} from '../../support/run.js'

test.each([
  ['bash', 'complete -F __kubectl_sfl_complete kubectl-sfl kn-sfl'],
  ['zsh', '#compdef kubectl-sfl kn-sfl'],
  ['fish', 'for program in kubectl-sfl kn-sfl'],
  ['powershell', "Register-ArgumentCompleter -Native -CommandName 'kubectl-sfl', 'kn-sfl'"],
])('the script for %s completes both programs, and is all that stdout holds', async (shell, line) => {
  const {out, err, code} = await run(`completion script ${shell}`)
  expect(out.split('\n')).toContainEqual(expect.stringContaining(line))
  expect({err, code}).toEqual({err: '', code: 0})
})

test('bash understands its script', async () => {
  const {out} = await run('completion script bash')
  expect(execFileSync('bash', ['-n'], {input: out, encoding: 'utf8'})).toBe('')
})

// There is no PowerShell to ask on most machines: what can be seen from the text, and what cobra's own script does.
test('the script for PowerShell is whole, and does as cobra’s with its answers', async () => {
  const {out} = await run('completion script powershell')
  const code = out.replace(/'(?:[^']|'')*'|"(?:[^"`]|`.)*"|^\s*#.*$/gm, '')
  for (const [open, close] of ['{}', '()', '[]'].map((pair) => pair.split('')))
    expect(code.split(open ?? '').length, open).toBe(code.split(close ?? '').length)
  // Empty words are quoted once more before 7.3; `flag=` stays in front; hints are no candidates; no files with 4, no blank with 2.
  for (const rule of ["[version]'7.3'", '$before + $pair[0]', '_activeHelp_ *', '-band 4', '-band 2', '2>$null'])
    expect(out).toContain(rule)
})

test.each([
  ['', 'error: a shell is needed: bash, zsh, fish, powershell\n'],
  ['pwershell', 'error: "pwershell" is not one of bash, zsh, fish, powershell; did you mean "powershell"?\n'],
])('a shell that is missing or unknown is wrong usage: "%s"', async (shell, message) => {
  expect(await run(`completion script ${shell}`)).toEqual({
    out: '',
    err: `${message}hint: See 'kubectl sfl completion script --help'.\n`,
    code: 2,
  })
})
