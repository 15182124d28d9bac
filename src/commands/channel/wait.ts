import {waitCommand} from '../../cli/verbs/wait.js'
import {CHANNEL} from '../../domain/eventing/names.js'

export default waitCommand({kind: CHANNEL, example: {name: 'pipe', condition: 'Addressable'}})
