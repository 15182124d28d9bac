import {SflCommand} from '../../cli/command.js'
import {nameArg} from '../../cli/flags/change.js'
import {kafkaAuthFlags, readKafkaAuthFlags} from '../../cli/flags/kafka-auth.js'
import {askMissing} from '../../cli/prompts/ask-missing.js'
import {kafkaAuthNeeds, withLogin} from '../../cli/prompts/secret.js'
import {checkSecretOutput, connectionFlags, secretWriteFlags} from '../../cli/flags/secret.js'
import {DEFAULT_WAIT} from '../../cli/flags/write.js'
import {runPlan, tasksFor} from '../../cli/run-plan.js'
import {askPassword} from '../../cli/secret-input.js'
import {withPassword} from '../../domain/kafka/credentials/kafka-auth-options.js'
import {namespaceNote, planKafkaAuth} from '../../domain/kafka/credentials/kafka-auth-plan.js'
import {examineRequest, kafkaAuthFacts, readConfigPlace} from '../../facts/kafka-auth.js'

export default class SecretCreateKafkaAuth extends SflCommand {
  static override summary = 'Create the Secret with which brokers log in to Kafka.'
  static override description =
    'Writes the format that all parts of a Kafka broker read, into the namespace where brokers look for it. Certificates and key are checked first: they are readable, belong together, are valid and in PKCS #8. The same content again changes nothing; other content needs --replace.'
  static override usage = 'secret create-kafka-auth NAME [flags]'
  static override examples = [
    {
      description: 'SASL over TLS, the password asked for at the terminal',
      command:
        '<%= config.bin %> secret create-kafka-auth kafka-auth --mechanism SCRAM-SHA-512 --user orders --ca-cert ca.pem',
    },
    {
      description: 'The same in a runbook, and made known to the brokers in one go',
      command:
        '<%= config.bin %> secret create-kafka-auth kafka-auth --mechanism SCRAM-SHA-512 --user orders --password-file pw.txt --ca-cert ca.pem --attach --yes',
    },
    {
      description: 'A client certificate, its key converted to PKCS #8 on the way',
      command:
        '<%= config.bin %> secret create-kafka-auth kafka-auth --ca-cert ca.pem --client-cert user.pem --client-key user.key --convert-key',
    },
    {
      description: 'A Kafka with a certificate of a public CA: no --ca-cert',
      command:
        '<%= config.bin %> secret create-kafka-auth kafka-auth --mechanism PLAIN --user orders --password-file pw.txt',
    },
    {
      description: 'The manifest for GitOps, values included',
      command:
        '<%= config.bin %> secret create-kafka-auth kafka-auth --ca-cert ca.pem --skip-client-auth --dry-run=client -o yaml --show-secrets',
    },
  ]
  static override args = nameArg('Secret')
  static override flags = {...kafkaAuthFlags, ...secretWriteFlags}

  async run(): Promise<void> {
    const {args, flags: typed} = await this.parse(SecretCreateKafkaAuth)
    const connection = connectionFlags(typed)
    const needs = kafkaAuthNeeds(args.name, typed)
    const said = await askMissing(this, {...typed, ...connection}, 'secret create-kafka-auth', needs)
    const flags = withLogin(typed, said)
    const {request: checked, ask} = await readKafkaAuthFlags(this.runtime, said['name'], flags)
    checkSecretOutput(this, flags)
    const asked = ask ? withPassword(checked, await askPassword(this.runtime, flags.user ?? '', true)) : checked
    const {request, bundle} = examineRequest(asked, flags['convert-key'])

    const cluster = await this.connect(connection)
    const tasks = await tasksFor(this.runtime, [request.name], async () => {
      const place = await readConfigPlace(cluster.client)
      if (request.namespace === undefined && request.config === undefined) this.note(namespaceNote(place), flags)
      return planKafkaAuth(
        request,
        {
          replace: flags.replace,
          force: flags.force,
          ...(flags.via === undefined ? {} : {via: flags.via}),
          ...(flags.wait ? {waitMs: flags['wait-timeout'] ?? DEFAULT_WAIT} : {}),
          files: {authority: flags['ca-cert'], client: flags['client-cert'], key: flags['client-key']},
          now: this.runtime.now().getTime(),
        },
        await kafkaAuthFacts(cluster.client, request, place, bundle),
      )
    })
    await runPlan(this.runtime, cluster, tasks, flags)
  }
}
