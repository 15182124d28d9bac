import {invalid} from '../../core/errors.js'
import {catalogue, isFindingCode} from '../../findings/catalogue.js'
import {type Ref} from '../../core/object.js'
import {collectFaults} from '../../core/option-faults.js'
import {suggestions} from '../../core/suggest.js'
import {type Verdict} from './check.js'

/** What `--ignore` names: a code, perhaps for some objects only. */
export interface Ignored {
  code: string
  /** `NS/NAME`, `NAME` for what has no namespace; `*` stands for any. Left out: every object. */
  object?: {namespace: string; name: string}
}

const readOne = (text: string): Ignored => {
  const [word = '', where, ...more] = text.split('=')
  const code = word.toUpperCase().replace(/^(SFL-)?/, 'SFL-')
  if (!isFindingCode(code)) {
    const [near] = suggestions(code, Object.keys(catalogue))
    throw invalid(
      `invalid --ignore "${text}": there is no finding ${code}${near === undefined ? '' : `, did you mean "${near}"?`}`,
    )
  }
  if (where === undefined) return {code}
  const [first = '', second, ...rest] = where.split('/')
  if (more.length > 0 || rest.length > 0 || first === '' || second === '')
    throw invalid(`invalid --ignore "${text}": expected CODE or CODE=NAMESPACE/NAME, in which * stands for any`)
  return {code, object: second === undefined ? {namespace: '', name: first} : {namespace: first, name: second}}
}

/** Checks the values of `--ignore`. Throws InvalidArgument for all that are wrong. */
export const readIgnored = (texts: readonly string[]): Ignored[] => {
  const {attempt, check} = collectFaults()
  const read = texts.flatMap((text) => attempt(() => readOne(text)) ?? [])
  check()
  return read
}

const fits = (pattern: string, text: string): boolean => pattern === '*' || pattern === text

const matches = (ref: Ref, {object}: Ignored): boolean =>
  object === undefined || (fits(object.namespace, ref.namespace ?? '') && fits(object.name, ref.name))

/** What is left of a finding: nothing when its object or all that suffer from it are to be ignored. */
export const withoutIgnored = (finding: Verdict, ignored: readonly Ignored[]): Verdict | undefined => {
  const rules = ignored.filter(({code}) => code === finding.code)
  if (rules.length === 0) return finding
  const isIgnored = (ref: Ref): boolean => rules.some((rule) => matches(ref, rule))
  const {object, affects = []} = finding
  if (rules.some((rule) => rule.object === undefined) || (object !== undefined && isIgnored(object))) return undefined
  const left = affects.filter((ref) => !isIgnored(ref))
  if (affects.length > 0 && left.length === 0) return undefined
  return affects.length === 0 ? finding : {...finding, affects: left}
}
