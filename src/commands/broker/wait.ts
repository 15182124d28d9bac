import {waitCommand} from '../../cli/verbs/wait.js'
import {BROKER} from '../../domain/eventing/names.js'

export default waitCommand({kind: BROKER, example: {name: 'orders', condition: 'TopicReady'}})
