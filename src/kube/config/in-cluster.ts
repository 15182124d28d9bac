import {existsSync, readFileSync, statSync} from 'node:fs'
import {join} from 'node:path'
import type {Cluster, User} from './entries.js'
import type {Env} from './files.js'

export const SERVICE_ACCOUNT_FOLDER = '/var/run/secrets/kubernetes.io/serviceaccount'

export interface InCluster {
  cluster: Cluster
  user: User
  namespace: string | undefined
}

/**
 * The service account of the pod that the program runs in, `undefined` outside of a cluster
 * (client-go rest/config.go InClusterConfig, tools/clientcmd/client_config.go Possible).
 */
export const inCluster = (env: Env, folder = SERVICE_ACCOUNT_FOLDER): InCluster | undefined => {
  const host = env['KUBERNETES_SERVICE_HOST']
  const port = env['KUBERNETES_SERVICE_PORT']
  const tokenFile = join(folder, 'token')
  if (!host || !port || !statSync(tokenFile, {throwIfNoEntry: false})?.isFile()) return undefined
  const authority = join(folder, 'ca.crt')
  return {
    cluster: {
      server: `https://${host.includes(':') ? `[${host}]` : host}:${port}`,
      ...(existsSync(authority) ? {certificateAuthority: authority} : {}),
    },
    user: {tokenFile},
    namespace: env['POD_NAMESPACE'] || namespaceIn(join(folder, 'namespace')),
  }
}

const namespaceIn = (file: string): string | undefined => {
  try {
    return readFileSync(file, 'utf8').trim() || undefined
  } catch {
    return undefined
  }
}
