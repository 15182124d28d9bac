import * as Flags from '@oclif/core/flags'
import {SflCommand} from '../../cli/command.js'
import {writeFlags} from '../../cli/flags/write.js'
import {installHelper} from '../../completion/install.js'

export default class CompletionInstall extends SflCommand {
  static override summary = 'Put the helper that kubectl asks for completion beside kubectl-sfl.'
  static override description =
    "kubectl 1.26 and newer look on PATH for kubectl_complete-sfl. npm links it by itself; krew links only kubectl-sfl, so after an installation with krew this command is needed once. The shell has to have loaded kubectl's own completion."
  static override usage = 'completion install [--dir DIR] [flags]'
  static override examples = [
    {description: 'Beside kubectl-sfl', command: '<%= config.bin %> completion install'},
    {
      description: 'In another folder of the PATH; first only what would be done',
      command:
        '<%= config.bin %> completion install --dir ~/bin --dry-run=client\n<%= config.bin %> completion install --dir ~/bin',
    },
  ]
  static override flags = {
    dir: Flags.string({helpValue: 'DIR', summary: 'Folder to put it into; it should be on the PATH.'}),
    'dry-run': writeFlags['dry-run'],
  }

  async run(): Promise<void> {
    const {flags} = await this.parse(CompletionInstall)
    const {env, streams} = this.runtime
    const dryRun = flags['dry-run'] !== 'none'
    const {path, program, done, onPath} = installHelper({folder: flags.dir, path: env['PATH'], dryRun})
    streams.out(`${path} ${done}${dryRun && done !== 'unchanged' ? ' (dry run)' : ''}\n`)
    if (done !== 'unchanged') this.note(`it calls ${program}`, {})
    if (!onPath) this.note('kubectl does not find it yet: add its folder to your PATH', {})
    if (done === 'created')
      this.note('your shell has to load kubectl\'s own completion: "kubectl completion --help" says how', {})
  }
}
