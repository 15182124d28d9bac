import {waitCommand} from '../../cli/wait-command.js'
import {TRIGGER} from '../../domain/eventing/names.js'

export default waitCommand({kind: TRIGGER, example: {name: 'billing', condition: 'SubscriberResolved'}})
