import {readdirSync, readFileSync} from 'node:fs'
import {join} from 'node:path'
import {beforeAll, describe, expect, test} from 'vitest'
import {listAt, textAt} from '../../../src/domain/core/read.js'
import type {Sandbox} from '../../../src/sandbox/sandbox.js'
import {giveHealthyEstate} from '../../support/healthy-estate.js'
import {aSandbox, run} from '../../support/run.js'

/**
 * Small manifests, each with what `check -f` says of it and nothing else. The first comment of a file says what it shows; a line
 * `# with a cluster: CODES` or `# alone: CODES` names the codes where they are not none. The cluster is the one of
 * `support/healthy-estate.ts`, and the namespace is `demo`.
 */

interface Sample {
  file: string
  shows: string
  text: string
  expected: {cluster: readonly string[]; alone: readonly string[]}
}

const folder = join(import.meta.dirname, 'corpus')

const codesIn = (text: string, words: string): string[] =>
  (new RegExp(`^# ${words}: (.*)$`, 'm').exec(text)?.[1] ?? '')
    .split(/[ ,]+/)
    .filter(Boolean)
    .map((code) => `SFL-${code}`)
    .sort()

const samples: readonly Sample[] = readdirSync(folder)
  .sort()
  .map((file) => {
    const text = readFileSync(join(folder, file), 'utf8')
    return {
      file,
      shows: /^# (.*)$/m.exec(text)?.[1] ?? file,
      text,
      expected: {cluster: codesIn(text, 'with a cluster'), alone: codesIn(text, 'alone')},
    }
  })

describe('a manifest is judged as the cluster would judge it', () => {
  let sandbox: Sandbox
  const told = new Map<string, string>()

  beforeAll(async () => {
    sandbox = aSandbox()
    await giveHealthyEstate(sandbox)
  })

  const look = async ({file, text, shows}: Sample, how: string): Promise<string[]> => {
    const {out, err} = await run(`check -f ${file} -n demo -o json ${how}`.trim(), {sandbox, files: {[file]: text}})
    const report: unknown = out === '' ? {} : JSON.parse(out)
    const checks = listAt(report, 'checks')
    const findings = checks.flatMap((check) => listAt(check, 'findings'))
    const lines = [
      ...(out === '' ? [err.trimEnd()] : []),
      ...findings.map((one) => ['level', 'code', 'message'].map((field) => textAt(one, field)).join(' ')),
      ...checks.flatMap((check) => listAt(check, 'notVerified')).map((one) => `not verified: ${String(one)}`),
    ]
    told.set(`${file} ${how}`, [`# ${shows}${how === '' ? '' : ' (alone)'}`, ...new Set(lines), ''].join('\n'))
    return [...new Set(findings.flatMap((one) => textAt(one, 'code') ?? []))].sort()
  }

  test.each(samples)('$file: $shows', async (sample) => {
    expect({cluster: await look(sample, ''), alone: await look(sample, '--offline')}).toEqual(sample.expected)
  })

  test('in these words', async () => {
    const golden = join(import.meta.dirname, '../../golden/commands/check/corpus.txt')
    const text = samples
      .flatMap(({file}) => ['', '--offline'].map((how) => told.get(`${file} ${how}`) ?? ''))
      .join('\n')
    await expect(text).toMatchFileSnapshot(golden)
  })
})
