import {waitCommand} from '../../cli/verbs/wait.js'
import {TRIGGER} from '../../domain/eventing/names.js'

export default waitCommand({kind: TRIGGER, example: {name: 'billing', condition: 'SubscriberResolved'}})
