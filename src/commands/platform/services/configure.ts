import {needed} from '../../../cli/prompts/ask-missing.js'
import {SflCommand} from '../../../cli/command.js'
import {editPlatform} from '../../../cli/edit-platform.js'
import {podFlags, podOptions} from '../../../cli/flags/pod.js'
import {editFlags, serviceArg, waitMsOf} from '../../../cli/flags/platform.js'
import {podNeed} from '../../../cli/prompts/platform.js'
import {invalid} from '../../../domain/core/errors.js'
import {parseService} from '../../../domain/sonataflow/names.js'
import {planServicesConfigure, readConfigureOptions} from '../../../domain/sonataflow/services/configure.js'
import {parseDocument} from '../../../facts/document.js'
import {planOnPlatform} from '../../../facts/platform-edit.js'
import {explainPlatform} from '../../../facts/platform-explain.js'

export default class ServicesConfigure extends SflCommand {
  static override summary = 'Configure the pods of a supporting service: replicas, image, variables, resources.'
  static override description =
    'Writes podTemplate of the service, where the operator reads it; only what the flags name is changed. Says which settings the operator ignores or replaces.'
  static override usage = 'platform services configure SERVICE [flags]'
  static override examples = [
    {
      description: 'Two replicas, one of which always stays',
      command: '<%= config.bin %> platform services configure data-index --replicas 2 --pdb-min-available 1',
    },
    {
      description: 'A variable more, another one less, and more memory',
      command:
        '<%= config.bin %> platform services configure job-service --env QUARKUS_LOG_LEVEL=DEBUG --env OLD_SETTING- --limit memory=2Gi --wait',
    },
    {
      description: "The operator's own image again",
      command: "<%= config.bin %> platform services configure data-index --image ''",
    },
    {
      description: 'A container that runs before the service, out of a file',
      command: '<%= config.bin %> platform services configure data-index --init-container-file wait-for-db.yaml',
    },
  ]
  static override args = serviceArg
  static override flags = {...podFlags, ...editFlags}

  async run(): Promise<void> {
    const {args, flags} = await this.parse(ServicesConfigure)
    const {service} = await needed(this, flags, 'platform services configure', {
      service: podNeed(args.service, flags.platform),
    })
    const path = flags['init-container-file']
    const initContainers = path === undefined ? undefined : await this.document(path)
    await editPlatform(this, flags, {
      read: () => ({key: parseService(service), request: readConfigureOptions({...podOptions(flags), initContainers})}),
      plan: ({key, request}, client, choice) =>
        planOnPlatform(
          client,
          choice,
          (facts) => planServicesConfigure(key, request, {force: flags.force}, facts),
          waitMsOf(flags),
        ),
      explain: explainPlatform,
    })
  }

  /** YAML or JSON; `-` is stdin. */
  private async document(path: string): Promise<unknown> {
    const parsed = await parseDocument(await this.runtime.readFile(path))
    if ('fault' in parsed) throw invalid(`--init-container-file ${path}: ${parsed.fault}`)
    return parsed.document
  }
}
