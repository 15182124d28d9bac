import {SflCommand} from '../../cli/command.js'
import {templateReader} from '../../cli/files.js'
import {namesArg} from '../../cli/flags/change.js'
import {allowMissingKeysFlag, OBJECT_FORMATS, outputFlag} from '../../cli/flags/output.js'
import {needed} from '../../cli/prompts/ask-missing.js'
import {existingNames} from '../../cli/prompts/required-input.js'
import {printViews} from '../../cli/views.js'
import {SECRET} from '../../domain/eventing/names.js'
import {spokenView} from '../../output/report/spoken.js'
import {viewObject, viewSecret} from '../../domain/secret/secret-view.js'
import {secretDescribeFacts} from '../../facts/secret.js'
import {parseFormat} from '../../output/format.js'
import {secretText} from '../../output/kafka/secret-describe.js'

export default class SecretDescribe extends SflCommand {
  static override summary = 'Show Secrets for Kafka and PostgreSQL without their values, and what is wrong with them.'
  static override description =
    'Keys with their sizes, certificates with subject and expiry, the format with who reads it and who would not, who refers to it. In -o json and yaml, .view holds the same; values are never printed.'
  static override usage = 'secret describe NAME... [flags]'
  static override examples = [
    {
      description: 'The credentials of the brokers',
      command: '<%= config.bin %> secret describe kafka-auth -n knative-eventing',
    },
    {
      description: 'When its first certificate expires, for scripts',
      command: "<%= config.bin %> secret describe kafka-auth -n knative-eventing -o jsonpath='{.view.expiresAt}'",
    },
  ]
  static override args = namesArg('Secrets')
  static override flags = {
    output: outputFlag(OBJECT_FORMATS),
    'allow-missing-template-keys': allowMissingKeysFlag,
  }

  async run(): Promise<void> {
    const {args, flags} = await this.parse(SecretDescribe)
    const {names} = await needed(this, flags, 'secret describe', {names: existingNames(SECRET, args.names)})
    const format = parseFormat(flags.output, {
      allowed: [...OBJECT_FORMATS],
      allowMissingKeys: flags['allow-missing-template-keys'],
      readFile: await templateReader(this.runtime, flags.output),
    })
    const cluster = await this.connect(flags)
    const {namespace} = cluster
    const now = this.runtime.now()
    const refs = names.map((name) => ({...SECRET, name, namespace}))
    await printViews(this.runtime, cluster, refs, format, async ({name}) => {
      const {secret, uses, unseen} = await secretDescribeFacts(cluster.client, {namespace, name})
      const view = viewSecret({namespace, name}, secret, uses, unseen, now.getTime())
      const options = {now, caller: this.runtime.caller, palette: this.runtime.streams.outPalette}
      return {object: viewObject(spokenView(view, this.runtime.caller)), text: secretText(view, options)}
    })
  }
}
