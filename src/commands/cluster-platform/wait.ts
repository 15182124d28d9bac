import {waitCommand} from '../../cli/wait-command.js'
import {CLUSTER_PLATFORM} from '../../domain/sonataflow/names.js'

export default waitCommand({
  kind: CLUSTER_PLATFORM,
  example: {name: 'cluster-platform', condition: 'Succeed'},
  ofCluster: true,
})
