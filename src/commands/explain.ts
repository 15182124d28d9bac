import * as Args from '@oclif/core/args'
import {SflCommand} from '../cli/command.js'
import {outputFlag} from '../cli/flags/output.js'
import {ExitCode, SflError} from '../domain/core/errors.js'
import {explanations, type Explanation} from '../domain/findings/stories.js'
import {suggestions} from '../domain/core/suggest.js'
import {formatCodes, formatExplanation} from '../output/report/explanation.js'
import {parseFormat} from '../output/format.js'
import {formatJson} from '../output/json.js'

const all = explanations()

/** `SFL-B03`, in any case and without the `SFL-` too. */
const find = (text: string, program: string): Explanation => {
  const code = text.toUpperCase().replace(/^(SFL-)?/, 'SFL-')
  const found = all.find((one) => one.code === code)
  if (found !== undefined) return found
  const [near] = suggestions(
    code,
    all.map((one) => one.code),
  )
  throw new SflError(
    'UnknownCode',
    `there is no finding "${text}"${near === undefined ? '' : ` - did you mean "${near}"?`}`,
    ExitCode.Usage,
    {hint: `'${program} explain' lists all codes.`},
  )
}

export default class Explain extends SflCommand {
  static override summary = 'Tell the long story of a finding: meaning, cause, repair.'
  static override description = 'Without a code, all codes are listed. No cluster is asked.'
  static override usage = 'explain [CODE...] [flags]'
  static override examples = [
    {description: 'What a code means and how to repair it', command: '<%= config.bin %> explain SFL-B03'},
    {description: 'All codes', command: '<%= config.bin %> explain'},
    {description: 'For programs', command: '<%= config.bin %> explain SFL-B03 -o json'},
  ]
  static override args = {
    codes: Args.string({multiple: true, required: false, ignoreStdin: true, description: 'Codes such as SFL-B03.'}),
  }
  static override flags = {output: outputFlag(['json', 'yaml'])}

  async run(): Promise<void> {
    const {args, flags} = await this.parse(Explain)
    const format = parseFormat(flags.output, {allowed: ['json', 'yaml']})
    const {streams} = this.runtime
    const asked = args.codes?.map((code) => find(code, this.program)) ?? []
    const view = asked.length === 1 ? asked[0] : asked.length > 0 ? asked : all
    if (format.name === 'json') streams.out(`${formatJson(view)}\n`)
    else if (format.name === 'yaml') streams.out((await import('../output/yaml.js')).formatYaml(view))
    else if (asked.length === 0) streams.out(formatCodes(all))
    else
      streams.out(asked.map((one) => formatExplanation(one, streams.outPalette, streams.screen?.columns)).join('\n\n'))
  }
}
