import {execFileSync} from 'node:child_process'
import {readFileSync, statSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {expect, test} from 'vitest'
import {readTarball, tarball, zip} from '../../scripts/package/archive.js'
import {temporaryFolder} from '../support/connection.js'

const entries = [
  {name: 'kubectl-sfl', content: Buffer.from('#!/bin/sh\necho yes\n'), executable: true},
  {name: 'LICENSE', content: Buffer.from('x'.repeat(1024))},
  {name: 'empty', content: Buffer.alloc(0)},
]

const onPath = (program: string): boolean => {
  try {
    execFileSync('sh', ['-c', `command -v ${program}`])
    return true
  } catch {
    return false
  }
}

const expectUnpacked = (folder: string): void => {
  for (const {name, content} of entries) expect(readFileSync(join(folder, name))).toEqual(content)
  expect(statSync(join(folder, 'kubectl-sfl')).mode & 0o111).not.toBe(0)
  expect(statSync(join(folder, 'LICENSE')).mode & 0o111).toBe(0)
}

test('a tarball holds what went into it', () => {
  expect([...readTarball(tarball(entries))]).toEqual(entries.map(({name, content}) => [name, content]))
})

test.skipIf(!onPath('tar'))('tar unpacks a tarball, with modes', () => {
  const folder = temporaryFolder()
  writeFileSync(join(folder, 'a.tar.gz'), tarball(entries))
  execFileSync('tar', ['xzf', 'a.tar.gz'], {cwd: folder})
  expectUnpacked(folder)
})

test.skipIf(!onPath('unzip'))('unzip unpacks a zip, with modes', () => {
  const folder = temporaryFolder()
  writeFileSync(join(folder, 'a.zip'), zip(entries))
  execFileSync('unzip', ['-q', 'a.zip'], {cwd: folder})
  expectUnpacked(folder)
})

test.skipIf(!onPath('python3'))('Python finds no fault with a zip', () => {
  const folder = temporaryFolder()
  writeFileSync(join(folder, 'a.zip'), zip(entries))
  expect(execFileSync('python3', ['-m', 'zipfile', '-t', 'a.zip'], {cwd: folder, encoding: 'utf8'})).toMatch(
    /Done testing/,
  )
})

test('the same files make the same archives', () => {
  expect(tarball(entries)).toEqual(tarball(entries))
  expect(zip(entries)).toEqual(zip(entries))
})
