import {sep} from 'node:path'
import {type Fields, at, booleanAt, isRecord, listAt, recordAt, textsAt} from '../../domain/core/read.js'

/** A cluster entry of a kubeconfig (client-go tools/clientcmd/api/v1 Cluster). Paths are absolute. */
export interface Cluster {
  server?: string
  tlsServerName?: string
  insecureSkipTlsVerify?: boolean
  certificateAuthority?: string
  /** Base64 */
  certificateAuthorityData?: string
  proxyUrl?: string
  disableCompression?: boolean
  /** Extension `client.authentication.k8s.io/exec`, handed to exec plugins as it is. */
  execConfig?: unknown
}

/** How to get a credential from a program (client-go tools/clientcmd/api/v1 ExecConfig). */
export interface ExecSpec {
  command: string
  args: readonly string[]
  env: readonly {name: string; value: string}[]
  apiVersion: string
  installHint?: string
  provideClusterInfo: boolean
  interactiveMode: 'Never' | 'IfAvailable' | 'Always'
}

export interface Impersonation {
  user?: string
  uid?: string
  groups?: readonly string[]
  extra?: Readonly<Record<string, readonly string[]>>
}

/** A user entry of a kubeconfig (client-go tools/clientcmd/api/v1 AuthInfo). Paths are absolute. */
export interface User {
  clientCertificate?: string
  /** Base64 */
  clientCertificateData?: string
  clientKey?: string
  /** Base64 */
  clientKeyData?: string
  token?: string
  tokenFile?: string
  username?: string
  password?: string
  exec?: ExecSpec
  authProvider?: {name: string; config: Readonly<Record<string, string>>}
  impersonate?: Impersonation
}

export interface Context {
  cluster?: string
  user?: string
  namespace?: string
}

/** One file, or the union of several. */
export interface Kubeconfig {
  currentContext?: string
  contexts: ReadonlyMap<string, Context>
  clusters: ReadonlyMap<string, Cluster>
  users: ReadonlyMap<string, User>
}

/** Turns a path of the file into an absolute one. */
type Resolve = (path: string) => string

/** Reads one file's content; what has another shape than expected counts as not written, as kubectl has it for most. */
export const readEntries = (content: unknown, resolve: Resolve): Kubeconfig => ({
  ...given({currentContext: textOf(content, 'current-context')}),
  contexts: named(content, 'contexts', 'context', (entry) =>
    given({cluster: textOf(entry, 'cluster'), user: textOf(entry, 'user'), namespace: textOf(entry, 'namespace')}),
  ),
  clusters: named(content, 'clusters', 'cluster', (entry) => clusterOf(entry, resolve)),
  users: named(content, 'users', 'user', (entry) => userOf(entry, resolve)),
})

/** Leaves out what is `undefined`. */
export const given = <T extends object>(fields: T): {[K in keyof T]?: Exclude<T[K], undefined>} => {
  const kept: {[K in keyof T]?: Exclude<T[K], undefined>} = {}
  for (const key in fields) {
    const value = fields[key]
    if (isGiven(value)) kept[key] = value
  }
  return kept
}

const isGiven = <V>(value: V): value is Exclude<V, undefined> => value !== undefined

/** Numbers and booleans are read as text where text is expected (`name: 2024`), as kubectl's YAML reader does. */
const textOf = (value: unknown, field: string): string | undefined => {
  const found = at(value, field)
  if (typeof found === 'number' || typeof found === 'boolean') return String(found)
  return typeof found === 'string' && found !== '' ? found : undefined
}

const pathOf = (value: unknown, field: string, resolve: Resolve): string | undefined => {
  const found = textOf(value, field)
  return found === undefined ? undefined : resolve(found)
}

/** The first of several entries with the same name counts. */
const named = <T>(content: unknown, list: string, field: string, read: (entry: Fields) => T): Map<string, T> => {
  const found = new Map<string, T>()
  for (const item of listAt(content, list)) {
    const name = textOf(item, 'name')
    if (name !== undefined && !found.has(name)) found.set(name, read(recordAt(item, field)))
  }
  return found
}

const clusterOf = (entry: Fields, resolve: Resolve): Cluster => ({
  ...given({
    server: textOf(entry, 'server'),
    tlsServerName: textOf(entry, 'tls-server-name'),
    insecureSkipTlsVerify: booleanAt(entry, 'insecure-skip-tls-verify'),
    certificateAuthority: pathOf(entry, 'certificate-authority', resolve),
    certificateAuthorityData: textOf(entry, 'certificate-authority-data'),
    proxyUrl: textOf(entry, 'proxy-url'),
    disableCompression: booleanAt(entry, 'disable-compression'),
  }),
  ...execConfigOf(entry),
})

const execConfigOf = (entry: Fields): {execConfig?: unknown} => {
  const extension = listAt(entry, 'extensions').find(
    (one) => textOf(one, 'name') === 'client.authentication.k8s.io/exec',
  )
  return extension === undefined ? {} : {execConfig: at(extension, 'extension')}
}

const userOf = (entry: Fields, resolve: Resolve): User =>
  given({
    clientCertificate: pathOf(entry, 'client-certificate', resolve),
    clientCertificateData: textOf(entry, 'client-certificate-data'),
    clientKey: pathOf(entry, 'client-key', resolve),
    clientKeyData: textOf(entry, 'client-key-data'),
    token: textOf(entry, 'token'),
    tokenFile: pathOf(entry, 'tokenFile', resolve),
    username: textOf(entry, 'username'),
    password: textOf(entry, 'password'),
    exec: execOf(entry['exec'], resolve),
    authProvider: authProviderOf(entry['auth-provider']),
    impersonate: impersonationOf(entry),
  })

const execOf = (exec: unknown, resolve: Resolve): ExecSpec | undefined => {
  const command = textOf(exec, 'command')
  if (command === undefined) return undefined
  const mode = textOf(exec, 'interactiveMode')
  return {
    // A bare word is looked up on PATH, anything with a slash is a path relative to the kubeconfig.
    command: command.includes('/') || command.includes(sep) ? resolve(command) : command,
    args: listAt(exec, 'args').map(String),
    env: listAt(exec, 'env').map((one) => ({name: textOf(one, 'name') ?? '', value: textOf(one, 'value') ?? ''})),
    apiVersion: textOf(exec, 'apiVersion') ?? '',
    provideClusterInfo: booleanAt(exec, 'provideClusterInfo') ?? false,
    interactiveMode: mode === 'Never' || mode === 'Always' ? mode : 'IfAvailable',
    ...given({installHint: textOf(exec, 'installHint')}),
  }
}

const authProviderOf = (provider: unknown): User['authProvider'] => {
  const name = textOf(provider, 'name')
  return name === undefined ? undefined : {name, config: textsAt(provider, 'config')}
}

const impersonationOf = (entry: Fields): Impersonation | undefined => {
  const groups = listAt(entry, 'as-groups').map(String)
  const extra = Object.entries(recordAt(entry, 'as-user-extra')).map(([key, values]): [string, string[]] => [
    key,
    Array.isArray(values) ? values.map(String) : [],
  ])
  const impersonation: Impersonation = {
    ...given({user: textOf(entry, 'as'), uid: textOf(entry, 'as-uid')}),
    ...(groups.length > 0 ? {groups} : {}),
    ...(extra.length > 0 ? {extra: Object.fromEntries(extra)} : {}),
  }
  return isRecord(impersonation) && Object.keys(impersonation).length > 0 ? impersonation : undefined
}
