import {SERVICE} from '../../../domain/eventing/names.js'
import {type KubeObject} from '../../../domain/core/object.js'
import {listAt, numberAt, textAt} from '../../../domain/core/read.js'
import {ENDPOINT_SLICE, SERVICE_NAME} from '../../../domain/sonataflow/names.js'
import {readyAddresses} from '../../../domain/sonataflow/platform/database-service.js'
import {type ClusterView} from '../controller.js'

/**
 * On a Service: how the database behind it fails. `refuses-login`: wrong user or password. `no-database`: no database of
 * that name. `hangs`: it takes connections and never answers.
 */
export const DATABASE_FAILURE = 'sandbox.sfl/database'

/** Why a program cannot use its database; `hangs`: it waits instead of failing. */
export interface DatabaseFault {
  text: string
  hangs?: true
}

const pattern = /^jdbc:postgresql:\/\/(?:[^@/]*@)?([^:/?]+)(?::(\d+))?\/([^?]*)/

const refused = (host: string, port: number): DatabaseFault => ({
  text: `org.postgresql.util.PSQLException: Connection to ${host}:${port} refused. Check that the hostname and port are correct and that the postmaster is accepting TCP/IP connections.`,
})

const hasAddress = ({metadata: {name, namespace}}: KubeObject, cluster: ClusterView): boolean =>
  readyAddresses(
    cluster
      .list(ENDPOINT_SLICE.apiVersion, ENDPOINT_SLICE.kind, namespace)
      .filter(({metadata}) => metadata.labels?.[SERVICE_NAME] === name),
  ) > 0

/** What goes wrong with a connection out of a pod; `undefined` when nothing does. Hosts outside the cluster always work. */
export const databaseFault = (
  jdbcUrl: string,
  podNamespace: string,
  cluster: ClusterView,
): DatabaseFault | undefined => {
  const [, host, portText = '5432', database = ''] = pattern.exec(jdbcUrl) ?? []
  if (host === undefined) return {text: `java.sql.SQLException: Driver does not support the provided URL: ${jdbcUrl}`}
  const [name = '', namespace = podNamespace, suffix] = host.split('.')
  if (suffix !== undefined && suffix !== 'svc') return undefined
  const port = Number(portText)
  const service = cluster.get({...SERVICE, name, namespace})
  if (service === undefined) return {text: `java.net.UnknownHostException: ${host}`}
  if (textAt(service, 'spec', 'type') === 'ExternalName') return undefined
  if (!listAt(service, 'spec', 'ports').some((one) => numberAt(one, 'port') === port))
    return {text: 'org.postgresql.util.PSQLException: The connection attempt failed. (java.net.SocketTimeoutException)'}
  if (!hasAddress(service, cluster)) return refused(host, port)
  switch (service.metadata.annotations?.[DATABASE_FAILURE]) {
    case undefined:
      return undefined
    case 'refuses-login':
      return {text: 'org.postgresql.util.PSQLException: FATAL: password authentication failed for user'}
    case 'no-database':
      return {text: `org.postgresql.util.PSQLException: FATAL: database "${database}" does not exist`}
    case 'hangs':
      return {text: `waiting for ${host}:${port}`, hangs: true}
    default:
      return refused(host, port)
  }
}
