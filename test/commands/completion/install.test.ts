import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import {tmpdir} from 'node:os'
import {delimiter, join} from 'node:path'
import {execFileSync} from 'node:child_process'
import {afterEach, beforeEach, expect, test} from 'vitest'
import {run, type Ran} from '../../support/run.js'

let folder = ''
let bin = ''
const inBin = (name: string): string => join(bin, name)

/** A program that tells how it was called. */
const program = (path: string): void => {
  writeFileSync(path, '#!/bin/sh\nprintf "%s|" "$@"\n')
  chmodSync(path, 0o755)
}

const install = async (...flags: string[]): Promise<Ran> => {
  const path = [bin, '/usr/bin', '/bin'].join(delimiter)
  const ran = await run(['completion', 'install', ...flags], {env: {PATH: path}})
  return {...ran, out: ran.out.replaceAll(folder, ''), err: ran.err.replaceAll(folder, '')}
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'install-'))
  bin = join(folder, 'bin')
  mkdirSync(bin)
  program(inBin('kubectl-sfl'))
})
afterEach(() => rmSync(folder, {recursive: true, force: true}))

test('puts a helper beside kubectl-sfl that hands every word over, empty ones too', async () => {
  expect(await install()).toEqual({
    out: '/bin/kubectl_complete-sfl created\n',
    err:
      'note: it calls /bin/kubectl-sfl\n' +
      'note: your shell has to load kubectl\'s own completion: "kubectl completion --help" says how\n',
    code: 0,
  })
  const answer = execFileSync(inBin('kubectl_complete-sfl'), ['broker', 'a b', ''], {encoding: 'utf8'})
  expect(answer).toBe('__complete|broker|a b||')
})

test('a second time nothing happens', async () => {
  await install()
  const {mtimeMs} = statSync(inBin('kubectl_complete-sfl'))
  expect(await install()).toEqual({out: '/bin/kubectl_complete-sfl unchanged\n', err: '', code: 0})
  expect(statSync(inBin('kubectl_complete-sfl')).mtimeMs).toBe(mtimeMs)
})

test('a dry run writes nothing, and says where it could not', async () => {
  expect((await install('--dry-run=client')).out).toBe('/bin/kubectl_complete-sfl created (dry run)\n')
  expect(readdirSync(bin)).toEqual(['kubectl-sfl'])
  const missing = await install('--dry-run=client', '--dir', join(folder, 'nowhere'))
  expect(missing.err).toContain('cannot write /nowhere/kubectl_complete-sfl: the folder does not exist')
})

test('in another folder it calls the program by its path, and a folder that is not on the PATH is told', async () => {
  const elsewhere = join(folder, "user's bin")
  mkdirSync(elsewhere)
  const {out, err} = await install('--dir', elsewhere)
  expect(out).toBe("/user's bin/kubectl_complete-sfl created\n")
  expect(err).toContain('note: kubectl does not find it yet: add its folder to your PATH\n')
  expect(execFileSync(join(elsewhere, 'kubectl_complete-sfl'), ['x'], {encoding: 'utf8'})).toBe('__complete|x|')
})

test('what npm has linked is left alone', async () => {
  const modules = join(folder, 'node_modules')
  mkdirSync(modules)
  for (const name of ['kubectl-sfl', 'kubectl_complete-sfl']) {
    program(join(modules, name))
    rmSync(inBin(name), {force: true})
    symlinkSync(join(modules, name), inBin(name))
  }
  expect(await install()).toEqual({out: '/bin/kubectl_complete-sfl unchanged\n', err: '', code: 0})
})

test('an older helper, and a link that leads nowhere any more, are replaced', async () => {
  writeFileSync(inBin('kubectl_complete-sfl'), '#!/bin/sh\n# written by "kubectl sfl completion install"\nexec old\n')
  expect((await install()).out).toBe('/bin/kubectl_complete-sfl updated\n')
  rmSync(inBin('kubectl_complete-sfl'))
  symlinkSync(join(folder, 'gone'), inBin('kubectl_complete-sfl'))
  expect((await install()).out).toBe('/bin/kubectl_complete-sfl updated\n')
  expect(readFileSync(inBin('kubectl_complete-sfl'), 'utf8')).toContain('__complete')
})

test("somebody else's file stays as it is", async () => {
  writeFileSync(inBin('kubectl_complete-sfl'), '#!/bin/sh\necho mine\n')
  expect(await install()).toEqual({
    out: '',
    err:
      'error: /bin/kubectl_complete-sfl is there already, and is not the helper of kubectl sfl\n' +
      'hint: look at it, remove it, and repeat the command; or name another folder of your PATH with --dir\n',
    code: 1,
  })
  expect(readFileSync(inBin('kubectl_complete-sfl'), 'utf8')).toContain('mine')
})

test('without kubectl-sfl on the PATH kubectl could not run it either', async () => {
  rmSync(inBin('kubectl-sfl'))
  expect(await install()).toEqual({
    out: '',
    err:
      'error: kubectl-sfl is in no folder of your PATH, so kubectl cannot run it\n' +
      'hint: put kubectl-sfl into a folder of your PATH, then repeat the command\n',
    code: 1,
  })
})
