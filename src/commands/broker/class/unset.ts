import {changeSetting} from '../../../cli/change-setting.js'
import {SflCommand} from '../../../cli/command.js'
import {forNamespaceFlag, settingFlags, settingOptions} from '../../../cli/flags/setting.js'
import {readNamespaces} from '../../../domain/eventing/cluster-defaults/class-options.js'
import {planClassUnset} from '../../../domain/eventing/cluster-defaults/class-plan.js'
import {classUnsetFacts} from '../../../facts/broker-class.js'
import {loadEditor} from '../../../facts/document.js'

export default class BrokerClassUnset extends SflCommand {
  static override summary = 'Take a default class away again.'
  static override description =
    'With --for-namespace these namespaces get the default of the cluster again. Without it the cluster gets what Knative ships: MTChannelBasedBroker with the channel of config-br-default-channel; defaults of namespaces stay. Brokers that exist are not changed.'
  static override usage = 'broker class unset [flags]'
  static override examples = [
    {
      description: 'The default of the cluster for this namespace, too',
      command: '<%= config.bin %> broker class unset --for-namespace shop',
    },
    {description: 'What Knative ships', command: '<%= config.bin %> broker class unset'},
  ]
  static override flags = {'for-namespace': forNamespaceFlag, ...settingFlags}

  async run(): Promise<void> {
    const {flags} = await this.parse(BrokerClassUnset)
    await changeSetting(this, flags, {
      insteadOfNamespace: 'Use --for-namespace, or nothing for the whole cluster.',
      read: () => readNamespaces(flags['for-namespace']),
      plan: async (namespaces, {client}) => {
        const [facts, edit] = await Promise.all([classUnsetFacts(client), loadEditor()])
        return planClassUnset(namespaces, settingOptions(flags), facts, edit)
      },
    })
  }
}
