import * as Flags from '@oclif/core/flags'
import {SflCommand} from '../../cli/command.js'
import {nameArg} from '../../cli/flags/change.js'
import {kafkaAuthFlags} from '../../cli/flags/kafka-auth.js'
import {askMissing} from '../../cli/prompts/ask-missing.js'
import {postgresAuthNeeds} from '../../cli/prompts/secret.js'
import {checkSecretOutput, connectionFlags, passwordFlags, secretWriteFlags} from '../../cli/flags/secret.js'
import {runPlan, tasksFor} from '../../cli/run-plan.js'
import {askPassword, readSecretInput} from '../../cli/secret-input.js'
import {planPostgresAuth, readPostgresAuth} from '../../domain/secret/postgres-auth.js'
import {postgresAuthFacts} from '../../facts/secret.js'

export default class SecretCreatePostgresAuth extends SflCommand {
  static override summary = 'Create the Secret with which a platform logs in to PostgreSQL.'
  static override description =
    'It has to be in the namespace of the platform (-n), whatever namespace the database is in. The same content again changes nothing; other content needs --replace.'
  static override usage = 'secret create-postgres-auth NAME [flags]'
  static override examples = [
    {
      description: 'The password asked for at the terminal',
      command: '<%= config.bin %> secret create-postgres-auth postgres-auth -n workflows --user sonataflow',
    },
    {
      description: 'In a runbook, from a password manager',
      command:
        '<%= config.bin %> secret create-postgres-auth postgres-auth -n workflows --user sonataflow --password-stdin',
    },
    {
      description: 'With the keys of another chart',
      command:
        '<%= config.bin %> secret create-postgres-auth postgres-auth --user sonataflow --password-file pw.txt --user-key username --password-key password',
    },
  ]
  static override args = nameArg('Secret')
  static override flags = {
    user: kafkaAuthFlags.user,
    ...passwordFlags,
    'user-key': Flags.string({helpValue: 'KEY', summary: 'Key for the user (default POSTGRESQL_USER).'}),
    'password-key': Flags.string({helpValue: 'KEY', summary: 'Key for the password (default POSTGRESQL_PASSWORD).'}),
    ...secretWriteFlags,
  }

  async run(): Promise<void> {
    const {args, flags} = await this.parse(SecretCreatePostgresAuth)
    const connection = connectionFlags(flags)
    const needs = postgresAuthNeeds(args.name, flags)
    const {name: asked, user} = await askMissing(this, {...flags, ...connection}, 'secret create-postgres-auth', needs)
    const input = await readSecretInput(this.runtime, {}, flags, {passwordNeeded: true, forKafka: false})
    const read = (namespace: string, password = input.password) =>
      readPostgresAuth({
        name: asked,
        namespace,
        user,
        password,
        passwordGiven: flags['password-stdin'] || flags['password-file'] !== undefined,
        userKey: flags['user-key'],
        passwordKey: flags['password-key'],
        faults: input.faults,
      })
    const {name} = read('default')
    checkSecretOutput(this, flags)
    const password = input.password === 'ask' ? await askPassword(this.runtime, user ?? '', false) : input.password

    const cluster = await this.connect(connection)
    const tasks = await tasksFor(this.runtime, [name], async () => {
      const request = read(cluster.namespace, password)
      const facts = await postgresAuthFacts(cluster.client, request)
      return {plan: planPostgresAuth(request, {replace: flags.replace, force: flags.force}, facts)}
    })
    await runPlan(this.runtime, cluster, tasks, flags)
  }
}
