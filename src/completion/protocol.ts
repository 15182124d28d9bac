/**
 * What kubectl and the shells' scripts are told: cobra's protocol (spf13/cobra completions.go, active_help.go), which
 * kubectl speaks with `kubectl_complete-NAME` (kubectl pkg/cmd/plugin/plugin_completion.go) and our own scripts with
 * `kubectl-sfl __complete`.
 */

/** One thing that could be typed. */
export interface Candidate {
  value: string
  description?: string
}

/** Bits of cobra's ShellCompDirective. */
export const Directive = {
  /** The shell may offer files. */
  Default: 0,
  /** No blank behind the candidate. */
  NoSpace: 2,
  NoFileComp: 4,
  /** The candidates are endings of files. */
  FilterFileExt: 8,
  FilterDirs: 16,
  KeepOrder: 32,
} as const

/** What there is to say about one word of a command line. */
export interface Answer {
  candidates: readonly Candidate[]
  /** Sentences for the user, where the shell can show them (cobra's ActiveHelp). */
  help?: readonly string[]
  /** Sum of `Directive`s. */
  directive: number
}

const HELP_MARK = '_activeHelp_ '

/** One line, without what would end the value or the line, or speak to the terminal. */
const printable = (text: string): string => text.replace(/[\s\p{Cc}]+/gu, ' ').trim()

/** A value is typed as it is, or not offered at all. */
const isTypable = ({value}: Candidate): boolean => value !== '' && !/\p{Cc}/u.test(value)

/** The answer as it goes to stdout. */
export const formatAnswer = (
  {candidates, help = [], directive}: Answer,
  {descriptions, activeHelp}: {descriptions: boolean; activeHelp: boolean},
): string => {
  const lines = candidates
    .filter(isTypable)
    .map(({value, description = ''}) =>
      descriptions && description !== '' ? `${value}\t${printable(description)}` : value,
    )
  const sentences = activeHelp ? help.map((sentence) => `${HELP_MARK}${printable(sentence)}`) : []
  return [...lines, ...sentences, `:${directive}`, ''].join('\n')
}

/** Users turn hints off as they do for kubectl, or for all programs that are made with cobra. */
export const wantsActiveHelp = (env: Readonly<Record<string, string | undefined>>): boolean =>
  !['COBRA_ACTIVE_HELP', 'KUBECTL_ACTIVE_HELP', 'KUBECTL_SFL_ACTIVE_HELP'].some((name) => env[name] === '0')

/** Those of the candidates that begin with what was typed; no blank follows where more must be typed anyway. */
export const choose = (
  typed: string,
  candidates: readonly Candidate[],
  {help = [], directive = Directive.NoFileComp}: {help?: readonly string[]; directive?: number} = {},
): Answer => {
  const left = candidates.filter(({value}) => value.startsWith(typed))
  const goesOn = left.length > 0 && left.every(({value}) => /[=:/]$/.test(value))
  return {candidates: left, help, directive: goesOn ? directive | Directive.NoSpace : directive}
}

/** Nothing to choose from, and no files either. */
export const nothing = (...help: readonly string[]): Answer => ({
  candidates: [],
  help,
  directive: Directive.NoFileComp,
})
