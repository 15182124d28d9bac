import {SflCommand} from '../../cli/command.js'
import {kindsFlags, printKinds, readKindsListing} from '../../cli/list-kinds.js'
import {printFindings} from '../../cli/print-findings.js'
import {blindListFindings, listSecrets} from '../../domain/secret/secret-list.js'
import {spokenView} from '../../output/report/spoken.js'
import {viewObject} from '../../domain/secret/secret-view.js'
import {secretListFacts} from '../../facts/secret.js'
import {secretColumns} from '../../output/kafka/secret-list.js'

const {
  output,
  'all-namespaces': allNamespaces,
  selector,
  'sort-by': sortBy,
  'no-headers': noHeaders,
  'show-labels': showLabels,
  'allow-missing-template-keys': allowMissingKeys,
} = kindsFlags

export default class SecretList extends SflCommand {
  static override summary = 'List the Secrets of brokers, channels, sinks, sources and platforms, without their values.'
  static override description =
    'Those that this program has created, that have one of its formats, or that something refers to, the missing ones included. Expiry is that of the first certificate. In -o json and yaml, .view holds what is known; values are never printed.'
  static override examples = [
    {
      description: 'Where brokers keep theirs, and everywhere',
      command: '<%= config.bin %> secret list -n knative-eventing\n<%= config.bin %> secret list -A',
    },
    {
      description: 'Which expire when, for a monitor',
      command:
        '<%= config.bin %> secret list -A -o jsonpath=\'{range .items[*]}{.metadata.name} {.view.expiresAt}{"\\n"}{end}\'',
    },
  ]
  static override flags = {
    output,
    'all-namespaces': allNamespaces,
    selector,
    'sort-by': sortBy,
    'no-headers': noHeaders,
    'show-labels': showLabels,
    'allow-missing-template-keys': allowMissingKeys,
  }

  async run(): Promise<void> {
    const {flags} = await this.parse(SecretList)
    const options = await readKindsListing(this.runtime, flags)
    const cluster = await this.connect(flags)
    const namespace = flags['all-namespaces'] ? undefined : cluster.namespace
    const facts = await secretListFacts(cluster.client, {
      ...(namespace === undefined ? {} : {namespace}),
      ...(flags.selector === undefined ? {} : {labelSelector: flags.selector}),
    })
    const now = this.runtime.now()
    const views = listSecrets(facts, {
      ...(namespace === undefined ? {} : {namespace}),
      selected: flags.selector !== undefined,
      now: now.getTime(),
    })
    if (options.format.name !== 'json') printFindings(this.runtime, blindListFindings(facts, namespace), false)
    const rows = new Map(views.map((view) => [viewObject(spokenView(view, this.runtime.caller)), view]))
    const columns = async () => [...secretColumns(now, (object) => rows.get(object) ?? views[0]!)]
    await printKinds(this.runtime, [...rows.keys()], {plural: 'secrets for Knative or SonataFlow', columns}, options, {
      ...flags,
      'field-selector': undefined,
      'chunk-size': 0,
      'show-managed-fields': false,
      where: namespace,
    })
  }
}
