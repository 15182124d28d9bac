import {waitCommand} from '../../cli/wait-command.js'
import {BROKER} from '../../domain/eventing/names.js'

export default waitCommand({kind: BROKER, example: {name: 'orders', condition: 'TopicReady'}})
