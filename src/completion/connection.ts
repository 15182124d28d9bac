import type {ConnectOptions} from '../kube/connect.js'

/** What the flags on the line say about the cluster. */
export type ConnectionFlags = Omit<ConnectOptions, 'env' | 'log' | 'warn' | 'version' | 'verbosity' | 'clock'>

/** kubectl's connection flags as they stand on the command line, the last of each. */
export const connectionFlags = (flags: ReadonlyMap<string, readonly string[]>): ConnectionFlags => {
  const last = (name: string): string | undefined => flags.get(name)?.at(-1)
  return {
    kubeconfig: last('kubeconfig'),
    context: last('context'),
    cluster: last('cluster'),
    user: last('user'),
    namespace: last('namespace'),
    server: last('server'),
    token: last('token'),
    tlsServerName: last('tls-server-name'),
    insecureSkipTlsVerify: last('insecure-skip-tls-verify') === 'true' || undefined,
    certificateAuthority: last('certificate-authority'),
    clientCertificate: last('client-certificate'),
    clientKey: last('client-key'),
    as: last('as'),
    asUid: last('as-uid'),
    asGroups: flags.get('as-group'),
  }
}

/**
 * Who is asked, and as whom: what is kept of one answer is not shown to another user. A token on the line could be anybody's;
 * then nothing is kept.
 */
export const identityOf = (
  flags: ConnectionFlags,
  kubeconfig: string,
  {server, contextName = '', user = ''}: {server: string; contextName?: string; user?: string},
): string | undefined => {
  const {token, as = '', asUid = '', asGroups = [], clientCertificate = ''} = flags
  if (token !== undefined) return undefined
  return JSON.stringify([kubeconfig, contextName, server, user, as, asUid, ...asGroups, clientCertificate])
}
