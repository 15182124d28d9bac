import {fill, printCommand, sfl, type Word} from '../../domain/core/commands.js'
import {listCommand} from '../../cli/verbs/list.js'
import type {KubeObject, Ref} from '../../domain/core/object.js'
import {PLATFORM, platformRef} from '../../domain/sonataflow/names.js'
import {notListed, platformLine} from '../../domain/sonataflow/platform/list.js'
import {platformColumns} from '../../output/sonataflow/platform-list.js'

const placeOf = ([first, ...others]: readonly Ref[]): Word[] =>
  others.length > 0 || first === undefined
    ? [fill('NAME'), '-n', fill('NAMESPACE')]
    : [first.name, '-n', first.namespace ?? '']

export default listCommand({
  kind: PLATFORM,
  summary: 'List platforms, with what runs of them and how much is wrong.',
  description:
    'READY is what a platform says of itself, whatever becomes of its services; SERVICES counts their pods. ISSUES counts what lists can tell, one list of each kind; Secrets, databases, pods and events are looked at by "platform describe". With --watch there are no ISSUES.',
  examples: [
    {
      description: 'The platforms of the namespace, of all namespaces, or with the codes of what is wrong',
      command: ['platform list', 'platform list -A', 'platform list -A -o wide'],
    },
    {description: 'For scripts', command: "platform list -A -o jsonpath='{.items[*].metadata.name}'"},
  ],
  listing({client, namespace, now, watch, caller}) {
    const troubled: Ref[] = []
    let unread: readonly string[] = []
    return {
      async columns(wide) {
        const {platformListFacts} = await import('../../facts/platform-list.js')
        const facts = await platformListFacts(client, namespace)
        unread = notListed(facts)
        const line = (object: KubeObject) => {
          const found = platformLine(object, facts)
          const {name, namespace: home = ''} = object.metadata
          if (found.findings.length > 0) troubled.push(platformRef(name, home))
          return found
        }
        return platformColumns(now, line, {wide, issues: !watch})
      },
      notes: () => [
        ...(unread.length === 0 ? [] : [`ISSUES are not all: you have no permission to list ${unread.join(', ')}`]),
        ...(troubled.length === 0 || watch
          ? []
          : [`what the issues are: ${printCommand(sfl('platform describe', ...placeOf(troubled)), caller)}`]),
      ],
    }
  },
})
