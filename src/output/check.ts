import {nounOf} from '../domain/kinds/registry.js'
import {CATEGORIES, type Category} from '../domain/check/engine/check.js'
import {type CheckReport, type CheckResult, type ReportFinding} from '../domain/check/engine/report.js'
import {calledAs} from '../domain/core/commands.js'
import {type Level} from '../domain/findings/finding.js'
import {type Ref} from '../domain/core/object.js'
import {plain, type Palette} from './palette.js'
import {printable} from './printable.js'
import {wrapped} from './wrapped.js'

export interface CheckTextOptions {
  /** How the program was called, for the commands in findings. */
  program: string
  palette?: Palette
  /** The width of the terminal; left out, lines are as long as they are. */
  columns?: number | undefined
}

const titles: Readonly<Record<Category, string>> = {
  cluster: 'Cluster',
  kafka: 'Kafka',
  brokers: 'Brokers',
  triggers: 'Triggers',
  channels: 'Channels and subscriptions',
  sources: 'Sources',
  platform: 'Platforms and workflows',
}

const marks: Readonly<Record<CheckResult['outcome'], string>> = {
  ok: '[ok]  ',
  warning: '[warn]',
  error: '[fail]',
  'not-verified': '[?]   ',
}

const paint = (outcome: CheckResult['outcome'] | Level, palette: Palette): ((text: string) => string) => {
  if (outcome === 'ok') return palette.green
  if (outcome === 'error') return palette.red
  return outcome === 'note' ? palette.cyan : palette.yellow
}

/** `3 errors, 1 warning`; `no errors` is left out. */
export const countText = (count: number, one: string): string => `${count} ${one}${count === 1 ? '' : 's'}`

/** Names that still fit one line; the rest is counted. */
const SHOWN = 5

/**
 * Everyone who suffers, by kind: `broker orders; triggers a, b and 3 more`. Namespaces are told where they differ from
 * the one that is looked at.
 */
export const refsText = (refs: readonly Ref[], home: string | undefined): string => {
  const groups = new Map<string, Ref[]>()
  for (const ref of refs) {
    const noun = wordOf(ref)
    const others = groups.get(noun)
    if (others === undefined) groups.set(noun, [ref])
    else others.push(ref)
  }
  return [...groups]
    .map(([noun, some]) => {
      const names = some
        .slice(0, SHOWN)
        .map(({namespace, name}) => (namespace === undefined || namespace === home ? name : `${namespace}/${name}`))
      const more = some.length > SHOWN ? ` and ${some.length - SHOWN} more` : ''
      return `${noun}${some.length === 1 ? '' : 's'} ${names.join(', ')}${more}`
    })
    .join('; ')
}

const wordOf = (ref: Ref): string => (ref.kind === 'ConfigMap' ? 'configmap' : nounOf(ref))

/** The lines of one finding: what, who suffers, what to type. */
export const findingLines = (
  {level, code, message, affects, repair}: ReportFinding,
  home: string | undefined,
  {program, palette = plain}: CheckTextOptions,
): string[] => {
  const commands = repair === undefined ? [] : calledAs(repair, program).split('\n')
  return [
    `${paint(level, palette)(level === 'note' ? 'note:' : `${level}[${code}]:`)} ${printable(message)}`,
    ...(affects.length === 0 ? [] : [`  ${palette.dim('affects:')} ${printable(refsText(affects, home))}`]),
    ...commands.map((line, index) => `  ${index === 0 ? palette.dim('repair:') : '       '}  ${printable(line)}`),
  ]
}

const isNamed = (one: ReportFinding): boolean => one.object === undefined || mentions(one.message, one.object.name)

const mentions = (text: string, name: string): boolean => text.split(/[^\w.-]+/).includes(name)

/** A message that does not name its object gets it put in front. */
export const spelledOut = (one: ReportFinding, home: string | undefined): ReportFinding =>
  isNamed(one) ? inPlace(one, home) : {...one, message: `${refsText([one.object!], home)}: ${one.message}`}

/** Across namespaces a name alone says too little. */
const inPlace = (one: ReportFinding, home: string | undefined): ReportFinding => {
  const {object, message} = one
  const elsewhere = object?.namespace !== undefined && object.namespace !== home && !mentions(message, object.namespace)
  return elsewhere ? {...one, message: `namespace ${object.namespace}: ${message}`} : one
}

const INDENT = '         '

/** Findings of other checks that answer the question, and where on the screen they stand. */
const alsoText = ({id, seeAlso}: CheckResult, {checks}: CheckReport): string => {
  if (seeAlso.length === 0) return ''
  const here = checks.findIndex((one) => one.id === id)
  const above = seeAlso.filter((code) =>
    checks.slice(0, here).some(({findings}) => findings.some((one) => one.code === code)),
  )
  const below = seeAlso.filter((code) => !above.includes(code))
  return [
    ...(above.length === 0 ? [] : [`; see ${above.join(', ')} above`]),
    ...(below.length === 0 ? [] : [`; see ${below.join(', ')} below`]),
  ].join('')
}

const checkLines = (result: CheckResult, report: CheckReport, options: CheckTextOptions): string[] => {
  const {palette = plain} = options
  const {namespace: home} = report
  const {outcome, question, count, findings, notVerified} = result
  const also = alsoText(result, report)
  return [
    `  ${paint(outcome, palette)(marks[outcome])} ${question}${count > 1 ? ` (${count})` : ''}${also}`,
    ...someOf(findings).flatMap((one) =>
      (typeof one === 'string' ? [one] : findingLines(spelledOut(one, home), home, options)).flatMap((line) =>
        folded(`${INDENT}${line}`, options),
      ),
    ),
    ...notVerifiedLines(notVerified, palette).flatMap((line) => folded(`${INDENT}${line}`, options)),
  ]
}

const isCommand = (line: string): boolean => /^ *(?:repair:)? +(?:kubectl|kn|oc|openssl) /.test(withoutColours(line))
const withoutColours = (text: string): string => text.replace(/\u001b\[[\d;]*m/g, '')

/** Breaks a line at blanks where the terminal ends; commands stay whole, to be copied. */
const folded = (line: string, {columns}: CheckTextOptions): string[] => {
  if (columns === undefined || columns < NARROWEST || withoutColours(line).length <= columns || isCommand(line))
    return [line]
  const [indent = ''] = /^ */.exec(line) ?? []
  // Codes for colours take no place; a line with some is at most a little short.
  const [first = '', ...rest] = wrapped(line.slice(indent.length), columns - indent.length - 2)
  return [`${indent}${first}`, ...rest.map((text) => `${indent}  ${text}`)]
}

/** Below this, folding helps nobody. */
const NARROWEST = 40

/** Findings of one code that are worth reading; who wants them all takes -o short. */
const SAME_CODE = 10

const someOf = (findings: readonly ReportFinding[]): Array<ReportFinding | string> => {
  const byCode = new Map<string, ReportFinding[]>()
  for (const one of findings) {
    const some = byCode.get(one.code)
    if (some === undefined) byCode.set(one.code, [one])
    else some.push(one)
  }
  return [...byCode].flatMap(([code, some]) => [
    ...some.slice(0, SAME_CODE),
    ...(some.length > SAME_CODE ? [`and ${some.length - SAME_CODE} more of ${code}; -o short lists them all`] : []),
  ])
}

/** A few of them; without rights there may be one for every object. */
const notVerifiedLines = (texts: readonly string[], palette: Palette): string[] => [
  ...texts.slice(0, SHOWN).map((text) => `${palette.yellow('not verified:')} ${printable(text)}`),
  ...(texts.length > SHOWN ? [`and ${texts.length - SHOWN} more not verified`] : []),
]

/** The last line: what it comes to. */
export const summaryText = ({namespace, manifests, totals}: CheckReport): string => {
  const {checks, errors, warnings, notVerified, ignored} = totals
  const found = [
    ...(errors > 0 ? [countText(errors, 'error')] : []),
    ...(warnings > 0 ? [countText(warnings, 'warning')] : []),
  ]
  const rest = [
    ...(notVerified > 0 ? [`${notVerified} not fully verified`] : []),
    ...(ignored > 0 ? [`${ignored} ignored`] : []),
  ]
  const place = namespace === undefined ? 'all namespaces' : `namespace ${namespace}`
  const where = manifests === undefined ? place : countText(manifests, 'manifest')
  return `${found.length === 0 ? 'nothing found' : found.join(', ')} in ${countText(checks, 'check')} of ${where}${rest.length === 0 ? '' : ` (${rest.join(', ')})`}`
}

/** Every question with its answer, by category. */
export const checkText = (report: CheckReport, options: CheckTextOptions): string => {
  const {palette = plain} = options
  const sections = CATEGORIES.flatMap((category) => {
    const checks = report.checks.filter((one) => one.category === category)
    return checks.length === 0
      ? []
      : [[palette.bold(titles[category]), ...checks.flatMap((one) => checkLines(one, report, options))].join('\n')]
  })
  return [...sections, `${summaryText(report)}\n`].join('\n\n')
}

/** A line a finding, for grep: level, code, object, message. Nothing at all when nothing was found. */
export const shortText = (report: CheckReport): string =>
  report.checks
    .flatMap(({findings}) => findings)
    .map(({level, code, object, message, affects}) => {
      const about = object === undefined ? 'cluster' : pathOf(object)
      const who = affects.length === 0 ? '' : ` (affects ${refsText(affects, report.namespace)})`
      return `${level} ${code} ${about}: ${printable(message)}${printable(who)}\n`
    })
    .join('')

/** `broker/demo/orders` */
export const pathOf = (ref: Ref): string =>
  [wordOf(ref).replaceAll(' ', '-'), ...(ref.namespace === undefined ? [] : [ref.namespace]), ref.name].join('/')
