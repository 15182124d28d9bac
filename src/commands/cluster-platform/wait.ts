import {waitCommand} from '../../cli/verbs/wait.js'
import {CLUSTER_PLATFORM} from '../../domain/sonataflow/names.js'

export default waitCommand({
  kind: CLUSTER_PLATFORM,
  example: {name: 'cluster-platform', condition: 'Succeed'},
  ofCluster: true,
})
