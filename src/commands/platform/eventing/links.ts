import {SflCommand} from '../../../cli/command.js'
import {outputFlag} from '../../../cli/flags/output.js'
import {platformFlag} from '../../../cli/flags/platform.js'
import {checkName} from '../../../cli/names.js'
import {linkObjects, viewLinks} from '../../../domain/sonataflow/eventing/links-view.js'
import {choosePlatform} from '../../../domain/sonataflow/platform/choice.js'
import {readPlatformFacts, readSurroundings} from '../../../facts/platform.js'
import {parseFormat} from '../../../output/format.js'
import {spokenView} from '../../../output/report/spoken.js'
import {formatJson} from '../../../output/json.js'
import {linksText} from '../../../output/sonataflow/platform-links.js'

const FORMATS = ['json', 'yaml'] as const

export default class EventingLinks extends SflCommand {
  static override summary = 'Show the triggers and the SinkBinding that link the services with their brokers.'
  static override description =
    'What the operator should have made, what is there, and what is wrong with it: names, filters, paths, brokers, ordered delivery. Below, the objects in the tables of "kn trigger list" and "kn source list".'
  static override usage = 'platform eventing links [flags]'
  static override examples = [
    {description: 'Those of the namespace`s platform', command: '<%= config.bin %> platform eventing links -n shop'},
    {description: 'For scripts', command: '<%= config.bin %> platform eventing links -o json'},
  ]
  static override flags = {platform: platformFlag, output: outputFlag(FORMATS)}

  async run(): Promise<void> {
    const {flags} = await this.parse(EventingLinks)
    const format = parseFormat(flags.output, {allowed: [...FORMATS]})
    if (flags.platform !== undefined) checkName(flags.platform)
    const {client, namespace} = await this.connect(flags)
    const surroundings = await readSurroundings(client, namespace)
    const platform = choosePlatform(surroundings, {namespace, name: flags.platform})
    const facts = await readPlatformFacts(client, surroundings, [platform])
    const view = viewLinks(platform, facts)
    const {out, outPalette: palette} = this.runtime.streams
    if (format.name === 'json') out(`${formatJson(spokenView(view, this.runtime.caller))}\n`)
    else if (format.name === 'yaml')
      out((await import('../../../output/yaml.js')).formatYaml(spokenView(view, this.runtime.caller)))
    else
      out(
        linksText(view, linkObjects(platform, facts), {
          now: this.runtime.now(),
          caller: this.runtime.caller,
          palette,
        }),
      )
  }
}
