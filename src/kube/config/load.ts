import {ExitCode, SflError, invalid} from '../../domain/core/errors.js'
import {type Cluster, type Context, type Impersonation, type Kubeconfig, type User, given} from './entries.js'
import {type Env, type Sources, readFiles, sourcesOf} from './files.js'
import {inCluster} from './in-cluster.js'
import {nearest} from './nearest.js'

/** kubectl's connection flags; each beats what the kubeconfig says (cli-runtime config_flags.go). */
export interface KubeconfigFlags {
  kubeconfig?: string | undefined
  context?: string | undefined
  cluster?: string | undefined
  user?: string | undefined
  namespace?: string | undefined
  server?: string | undefined
  token?: string | undefined
  tlsServerName?: string | undefined
  insecureSkipTlsVerify?: boolean | undefined
  certificateAuthority?: string | undefined
  clientCertificate?: string | undefined
  clientKey?: string | undefined
  as?: string | undefined
  asUid?: string | undefined
  asGroups?: readonly string[] | undefined
  asUserExtra?: Readonly<Record<string, readonly string[]>> | undefined
  /** Where a pod finds its service account; tests put it elsewhere. */
  serviceAccountFolder?: string | undefined
}

/** Which server to talk to, and as whom. */
export interface Access {
  contextName?: string
  userName?: string
  namespace: string
  /** With scheme, without a slash at the end. */
  server: string
  cluster: Cluster
  user: User
  impersonate?: Impersonation
}

/**
 * Finds server and user the kubectl way (client-go tools/clientcmd). Reads files only. Throws `SflError` with exit code
 * 6 when there is no kubeconfig, or it cannot be read, or names what is not there.
 */
export const loadKubeconfig = async (flags: KubeconfigFlags, env: Env): Promise<Access> => {
  const sources = sourcesOf(flags.kubeconfig, env)
  const config = await readFiles(sources)
  const chosen = config === undefined ? withoutKubeconfig(flags, env, sources) : fromKubeconfig(config, flags, sources)
  const cluster = overrideCluster(chosen.cluster, flags)
  const user = overrideUser(chosen.user, flags)
  const impersonate = impersonationOf(user.impersonate, flags)
  return {
    ...given({contextName: chosen.contextName, userName: chosen.userName, impersonate}),
    namespace: flags.namespace || chosen.namespace || 'default',
    server: serverOf(cluster, user, chosen.clusterName),
    cluster,
    user,
  }
}

interface Chosen {
  contextName?: string
  clusterName?: string
  userName?: string
  namespace?: string
  cluster: Cluster
  user: User
}

const withoutKubeconfig = (flags: KubeconfigFlags, env: Env, sources: Sources): Chosen => {
  const asked = flags.context ?? flags.cluster ?? flags.user
  const pod = asked === undefined ? inCluster(env, flags.serviceAccountFolder) : undefined
  if (pod !== undefined) return {cluster: pod.cluster, user: pod.user, ...given({namespace: pod.namespace})}
  // `kubectl --server=http://localhost:8001` needs no kubeconfig.
  if (flags.server && asked === undefined) return {cluster: {}, user: {}}
  throw new SflError('NoKubeconfig', `no kubeconfig found: ${lookedAt(sources)}`, ExitCode.Unreachable, {
    hint:
      'name one with --kubeconfig FILE or in the environment variable KUBECONFIG, or log in with your cluster’s own tool; ' +
      'to try things without a cluster: kubectl sfl sandbox start',
  })
}

const lookedAt = ({files, named}: Sources): string => {
  switch (named) {
    case 'flag':
      return `${files.join()} holds no contexts, clusters and users`
    case 'home':
      return `KUBECONFIG is not set and ${files.join()} does not exist or is empty`
    case 'environment':
      return `KUBECONFIG lists ${files.join(', ')}, which ${files.length > 1 ? 'do' : 'does'} not exist or ${files.length > 1 ? 'are' : 'is'} empty`
  }
}

const fromKubeconfig = (config: Kubeconfig, flags: KubeconfigFlags, sources: Sources): Chosen => {
  const contextName = flags.context || config.currentContext
  const context = contextOf(config, contextName, flags, sources)
  const clusterName = flags.cluster || context.cluster
  const userName = flags.user || context.user
  const where = (flag: string | undefined): string =>
    flag || contextName === undefined ? '' : `, which context "${contextName}" names,`
  const cluster = clusterName === undefined ? {} : config.clusters.get(clusterName)
  if (cluster === undefined)
    throw missing('cluster', clusterName ?? '', where(flags.cluster), config.clusters.keys(), sources)
  const user = userName === undefined ? {} : config.users.get(userName)
  if (user === undefined) throw missing('user', userName ?? '', where(flags.user), config.users.keys(), sources)
  return {...given({contextName, clusterName, userName, namespace: context.namespace}), cluster, user}
}

const contextOf = (config: Kubeconfig, name: string | undefined, flags: KubeconfigFlags, sources: Sources): Context => {
  if (name === undefined) {
    if (flags.cluster || flags.server) return {}
    throw new SflError(
      'NoCurrentContext',
      `no current context is set in ${sources.files.join(', ')}`,
      ExitCode.Unreachable,
      {
        hint: 'choose one with --context NAME or kubectl config use-context NAME; kubectl config get-contexts lists them',
      },
    )
  }
  const context = config.contexts.get(name)
  if (context !== undefined) return context
  throw missing('context', name, flags.context ? '' : ', the current context,', config.contexts.keys(), sources)
}

const missing = (
  what: 'context' | 'cluster' | 'user',
  name: string,
  where: string,
  known: Iterable<string>,
  {files}: Sources,
): SflError => {
  const near = nearest(name, known)
  const reason = {context: 'ContextNotFound', cluster: 'ClusterNotFound', user: 'UserNotFound'}[what]
  const list = {context: 'get-contexts', cluster: 'get-clusters', user: 'get-users'}[what]
  return new SflError(reason, `${what} "${name}"${where} does not exist in ${files.join(', ')}`, ExitCode.Unreachable, {
    hint: `${near === undefined ? '' : `did you mean "${near}"? `}kubectl config ${list} lists what there is`,
  })
}

/** Rules of client-go tools/clientcmd/client_config.go getCluster. */
const overrideCluster = (cluster: Cluster, flags: KubeconfigFlags): Cluster => {
  const {certificateAuthority, certificateAuthorityData, insecureSkipTlsVerify, tlsServerName, ...rest} = cluster
  // A flag about trust replaces all that the file says about trust.
  const trust =
    flags.insecureSkipTlsVerify || flags.certificateAuthority
      ? given({
          insecureSkipTlsVerify: flags.insecureSkipTlsVerify,
          certificateAuthority: flags.certificateAuthority || undefined,
        })
      : given({certificateAuthority, certificateAuthorityData, insecureSkipTlsVerify})
  // Another server has another name.
  const name = flags.tlsServerName || flags.server ? flags.tlsServerName || undefined : tlsServerName
  return {...rest, ...trust, ...given({tlsServerName: name, server: flags.server || cluster.server})}
}

const overrideUser = (user: User, flags: KubeconfigFlags): User => {
  const {token, tokenFile, exec, authProvider, username, password, ...rest} = user
  const login = flags.token ? {token: flags.token} : given({token, tokenFile, exec, authProvider, username, password})
  const {clientCertificateData, clientKeyData, ...withFiles} = rest
  return {
    ...withFiles,
    ...login,
    ...given(flags.clientCertificate ? {clientCertificate: flags.clientCertificate} : {clientCertificateData}),
    ...given(flags.clientKey ? {clientKey: flags.clientKey} : {clientKeyData}),
  }
}

const impersonationOf = (written: Impersonation | undefined, flags: KubeconfigFlags): Impersonation | undefined => {
  const merged: Impersonation = {
    ...written,
    ...given({
      user: flags.as || undefined,
      uid: flags.asUid || undefined,
      groups: flags.asGroups?.length ? flags.asGroups : undefined,
      extra: flags.asUserExtra && Object.keys(flags.asUserExtra).length > 0 ? flags.asUserExtra : undefined,
    }),
  }
  if (Object.keys(merged).length === 0) return undefined
  // client-go transport/round_trippers.go: "requesting uid, groups or user-extra … without impersonating a user".
  if (merged.user === undefined) {
    throw invalid(
      '--as-group, --as-uid and --as-user-extra need --as',
      'add --as USER, for instance --as=system:serviceaccount:NAMESPACE:NAME',
    )
  }
  return merged
}

/** `host:port` gets a scheme as in client-go rest/url_utils.go: https where anything speaks of TLS. */
const serverOf = (cluster: Cluster, user: User, clusterName: string | undefined): string => {
  const {server} = cluster
  if (server === undefined) {
    throw new SflError(
      'NoServer',
      `${clusterName === undefined ? 'the context names no cluster' : `cluster "${clusterName}" has no server`} in the kubeconfig`,
      ExitCode.Unreachable,
      {
        hint: 'add one with kubectl config set-cluster NAME --server=https://HOST:PORT, or use --server',
      },
    )
  }
  const secure =
    cluster.certificateAuthority ??
    cluster.certificateAuthorityData ??
    user.clientCertificate ??
    user.clientCertificateData
  const url = server.includes('://')
    ? server
    : `${secure !== undefined || cluster.insecureSkipTlsVerify ? 'https' : 'http'}://${server}`
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) {
    throw new SflError('BadServer', `"${server}" is not the address of a Kubernetes API server`, ExitCode.Unreachable, {
      hint: 'an address looks like https://HOST:PORT',
    })
  }
  return url.replace(/\/+$/, '')
}
