import * as Args from '@oclif/core/args'
import {SflCommand} from '../../cli/command.js'
import {completing} from '../../cli/flags/completing.js'
import {scriptFor, shells} from '../../completion/shells.js'
import {invalid} from '../../domain/core/errors.js'
import {didYouMean} from '../../domain/core/suggest.js'

export default class CompletionScript extends SflCommand {
  static override summary = 'Print the script that makes a shell complete kubectl-sfl and kn-sfl.'
  static override description =
    'It is for the programs called by their own names. Where kubectl runs its plugin, its own completion is at work, with what "completion install" sets up. kn asks its plugins for nothing.'
  static override usage = 'completion script bash|zsh|fish|powershell'
  static override examples = [
    {
      description: 'Save it for every new shell',
      command: '<%= config.bin %> completion script bash > kubectl-sfl.bash',
    },
  ]
  static override args = {
    shell: completing(
      shells,
      Args.string({required: false, ignoreStdin: true, description: 'bash, zsh, fish or powershell.'}),
    ),
  }

  async run(): Promise<void> {
    const {args} = await this.parse(CompletionScript)
    const hint = `See '${this.program} completion script --help'.`
    const wanted = args.shell?.toLowerCase()
    if (wanted === undefined) throw invalid(`a shell is needed: ${shells.join(', ')}`, hint)
    const shell = shells.find((one) => one === wanted)
    if (shell === undefined) {
      const near = didYouMean(wanted, shells)
      throw invalid(`"${args.shell}" is not one of ${shells.join(', ')}${near === undefined ? '' : `; ${near}`}`, hint)
    }
    this.runtime.streams.out(await scriptFor(shell))
  }
}
