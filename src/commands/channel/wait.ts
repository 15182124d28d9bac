import {waitCommand} from '../../cli/wait-command.js'
import {CHANNEL} from '../../domain/eventing/names.js'

export default waitCommand({kind: CHANNEL, example: {name: 'pipe', condition: 'Addressable'}})
