import {SflCommand} from '../cli/command.js'
import {hostFacts} from '../cli/host-facts.js'
import {outputFlag} from '../cli/flags/output.js'
import {parseFormat} from '../output/format.js'
import {formatJson} from '../output/json.js'

export default class Version extends SflCommand {
  static override summary = 'Print the version of this program.'
  static override examples = [
    {
      description: 'The version, for people and for scripts',
      command: '<%= config.bin %> version\n<%= config.bin %> version -o json',
    },
  ]
  static override flags = {output: outputFlag(['json', 'yaml'])}

  async run(): Promise<void> {
    const {flags} = await this.parse(Version)
    const {version, streams} = this.runtime
    const facts = {version, ...hostFacts()}
    const format = parseFormat(flags.output, {allowed: ['json', 'yaml']})
    if (format.name === 'table') streams.out(`${this.program} ${version} (${facts.platform}, Node ${facts.node})\n`)
    else if (format.name === 'json') streams.out(`${formatJson(facts)}\n`)
    else streams.out((await import('../output/yaml.js')).formatYaml(facts))
  }
}
