import {fill, printCommand, sfl} from '../../domain/core/commands.js'
import * as Args from '@oclif/core/args'
import {SflCommand} from '../../cli/command.js'
import {listFlags} from '../../cli/flags/output.js'
import {isTable, printList, readListing} from '../../cli/list.js'
import type {KubeObject, Ref} from '../../domain/core/object.js'
import {PLATFORM, platformRef} from '../../domain/sonataflow/names.js'
import {notListed, platformLine} from '../../domain/sonataflow/platform/list.js'
import {platformColumns} from '../../output/sonataflow/platform-list.js'

export default class PlatformList extends SflCommand {
  static override summary = 'List platforms, with what runs of them and how much is wrong.'
  static override description =
    'READY is what a platform says of itself, whatever becomes of its services; SERVICES counts their pods. ISSUES counts what lists can tell, one list of each kind; Secrets, databases, pods and events are looked at by "platform describe". With --watch there are no ISSUES.'
  static override examples = [
    {
      description: 'The platforms of the namespace, of all namespaces, or with the codes of what is wrong',
      command:
        '<%= config.bin %> platform list\n<%= config.bin %> platform list -A\n<%= config.bin %> platform list -A -o wide',
    },
    {
      description: 'For scripts',
      command: "<%= config.bin %> platform list -A -o jsonpath='{.items[*].metadata.name}'",
    },
  ]
  static override args = {
    names: Args.string({multiple: true, required: false, ignoreStdin: true, description: 'Only these platforms.'}),
  }
  static override flags = listFlags

  async run(): Promise<void> {
    const {args, flags} = await this.parse(PlatformList)
    const options = await readListing(this.runtime, flags, args.names ?? [])
    const cluster = await this.connect(flags)
    const now = this.runtime.now()
    const namespace = flags['all-namespaces'] ? undefined : cluster.namespace
    const troubled: Ref[] = []
    let unread: readonly string[] = []
    const columns = async (wide: boolean) => {
      const {platformListFacts} = await import('../../facts/platform-list.js')
      const facts = await platformListFacts(cluster.client, namespace)
      unread = notListed(facts)
      const line = (object: KubeObject) => {
        const found = platformLine(object, facts)
        const {name, namespace: home = ''} = object.metadata
        if (found.findings.length > 0) troubled.push(platformRef(name, home))
        return found
      }
      return platformColumns(now, line, {wide, issues: !flags.watch})
    }
    await printList(this.runtime, cluster, {kind: PLATFORM, plural: 'platforms', columns}, options)
    if (unread.length > 0) this.note(`ISSUES are not all: you may not list ${unread.join(', ')}`, flags)
    if (troubled.length > 0 && !flags.watch && isTable(options.format)) this.sayWhere(troubled, flags)
  }

  private sayWhere([first, ...others]: readonly Ref[], flags: {output?: string | undefined}): void {
    const which =
      others.length > 0 || first === undefined
        ? [fill('NAME'), '-n', fill('NAMESPACE')]
        : [first.name, '-n', first.namespace ?? '']
    const command = printCommand(sfl('platform describe', ...which), this.runtime.caller)
    this.note(`what the issues are: ${command}`, flags)
  }
}
