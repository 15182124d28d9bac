import {waitCommand} from '../../cli/verbs/wait.js'
import {readPlatform} from '../../domain/sonataflow/model.js'
import {PLATFORM} from '../../domain/sonataflow/names.js'
import {serviceWaits} from '../../domain/sonataflow/platform/waits.js'
import {explainPlatform} from '../../facts/platform-explain.js'

export default waitCommand({
  kind: PLATFORM,
  example: {name: 'sonataflow-platform', condition: 'Succeed'},
  description:
    'Ready means its condition Succeed and the pods of its services: the condition alone is True even when a service is missing. For the condition alone: --for condition=Succeed.',
  parts: (object) => serviceWaits(readPlatform(object)),
  explain: (client, {name, namespace = ''}, now) => explainPlatform(client, {name, namespace}, now),
})
