import {type FailLevel} from '../../domain/check/engine/check-options.js'
import {type SpokenFinding, type SpokenReport, type SpokenResult} from './spoken.js'
import {pathOf} from '../check.js'
import {printable} from '../../domain/core/printable.js'

const escapes: Readonly<Record<string, string>> = {'&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;'}

/** XML knows no control characters, however they are escaped. */
const xml = (text: string): string => printable(text).replace(/[&<>"]/g, (one) => escapes[one]!)

const attributes = (values: Readonly<Record<string, string | number>>): string =>
  Object.entries(values)
    .map(([name, value]) => ` ${name}="${xml(String(value))}"`)
    .join('')

/** Several lines stay several lines. */
const body = (text: string): string => text.split('\n').map(xml).join('\n')

const detail = ({affects, repair}: SpokenFinding): string =>
  [
    ...(affects.length === 0 ? [] : [`affects: ${affects.map(pathOf).join(', ')}`]),
    ...(repair === undefined ? [] : [`repair: ${repair}`]),
  ].join('\n')

/** What fails the report, in one element: CI systems read no second one. Other findings are told in system-out. */
const failureOf = (failures: readonly SpokenFinding[]): string => {
  const [first, ...others] = failures
  if (first === undefined) return ''
  const more = others.length === 0 ? '' : ` (and ${others.length} more)`
  const text = [detail(first), ...others.map(lines)].filter(Boolean).join('\n')
  return `      <failure${attributes({message: `${first.code}: ${first.message}${more}`, type: first.code})}>${body(text)}</failure>\n`
}

/** A finding in a text of several. */
const lines = (one: SpokenFinding): string => `${one.level} ${one.code}: ${one.message}\n${detail(one)}`.trimEnd()

const isFailure = (level: SpokenFinding['level'] | SpokenResult['outcome'], failOn: FailLevel): boolean =>
  level === 'error' || (failOn !== 'error' && level === 'warning')

/** Something could not be looked at, and that was to be a failure. */
const isBlind = ({notVerified}: SpokenResult, failOn: FailLevel): boolean =>
  failOn === 'not-verified' && notVerified.length > 0

/** A check fails also for a finding that stands with an earlier one. */
const fails = (result: SpokenResult, failOn: FailLevel): boolean =>
  isBlind(result, failOn) ||
  result.findings.some(({level}) => isFailure(level, failOn)) ||
  (result.seeAlso.length > 0 && isFailure(result.outcome, failOn))

/** Nothing was found, and not everything could be looked at. */
const isSkipped = (result: SpokenResult, failOn: FailLevel): boolean =>
  result.outcome === 'not-verified' && result.findings.length === 0 && !isBlind(result, failOn)

const elsewhere = (codes: readonly string[]): string =>
  `      <failure${attributes({message: `see ${codes.join(', ')}`, type: codes[0] ?? ''})}/>\n`

const testCase = (result: SpokenResult, failOn: FailLevel): string => {
  const {id, category, question, findings, notVerified, seeAlso} = result
  const failures = findings.filter(({level}) => isFailure(level, failOn))
  const others = findings.filter(({level}) => !isFailure(level, failOn))
  const said = others.map(lines)
  const hidden = attributes({message: `not verified: ${notVerified.join('; ')}`})
  const failure = (): string => {
    if (failures.length > 0) return failureOf(failures)
    return isBlind(result, failOn) ? `      <failure${hidden}/>\n` : elsewhere(seeAlso)
  }
  const parts = [
    ...(isSkipped(result, failOn) ? [`      <skipped${hidden}/>\n`] : []),
    ...(fails(result, failOn) ? [failure()] : []),
    ...(said.length === 0 ? [] : [`      <system-out>${body(said.join('\n'))}</system-out>\n`]),
  ]
  const head = `    <testcase${attributes({name: question, classname: `sfl.${category}.${id}`, time: 0})}`
  return parts.length === 0 ? `${head}/>\n` : `${head}>\n${parts.join('')}    </testcase>\n`
}

/** JUnit's XML as CI systems read it: a suite a category, a test a check. */
export const junitText = (report: SpokenReport, failOn: FailLevel): string => {
  const failed = (results: readonly SpokenResult[]): number => results.filter((one) => fails(one, failOn)).length
  const skipped = (results: readonly SpokenResult[]): number => results.filter((one) => isSkipped(one, failOn)).length
  const counts = (results: readonly SpokenResult[]) => ({
    tests: results.length,
    failures: failed(results),
    errors: 0,
    skipped: skipped(results),
    time: 0,
  })
  const categories = [...new Set(report.checks.map(({category}) => category))]
  const suites = categories.map((category) => {
    const checks = report.checks.filter((one) => one.category === category)
    return `  <testsuite${attributes({name: category, ...counts(checks)})}>\n${checks.map((one) => testCase(one, failOn)).join('')}  </testsuite>\n`
  })
  const {tests, failures, errors, time} = counts(report.checks)
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites${attributes({name: 'kubectl sfl check', tests, failures, errors, time})}>\n${suites.join('')}</testsuites>\n`
}
