import {waitCommand} from '../../cli/verbs/wait.js'
import {SUBSCRIPTION} from '../../domain/eventing/names.js'

export default waitCommand({kind: SUBSCRIPTION, example: {name: 'audit', condition: 'ReferencesResolved'}})
