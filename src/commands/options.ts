import {SflCommand} from '../cli/command.js'
import {globalFlags} from '../cli/flags/global.js'
import {optionsText} from '../cli/help.js'
import {indexedFlag} from '../cli/create-index.js'

export default class Options extends SflCommand {
  static override summary = 'List the flags that every command takes.'
  static override examples = [{description: 'The global flags', command: '<%= config.bin %> options'}]

  async run(): Promise<void> {
    await this.parse(Options)
    const flags = Object.entries(globalFlags)
      .filter(([, {hidden}]) => hidden !== true)
      .map(([name, flag]) => indexedFlag(name, flag))
    this.runtime.streams.out(optionsText(flags, this.program))
  }
}
