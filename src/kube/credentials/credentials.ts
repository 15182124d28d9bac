import {ExitCode, SflError} from '../../domain/core/errors.js'
import type {User} from '../config/entries.js'
import type {Access} from '../config/load.js'
import {type KeyPair, readMaterial} from '../http/trust.js'
import type {Credential, CredentialOptions, Credentials} from './credential.js'

/**
 * The credentials of the user entry that was chosen. Of several ways to log in, client-go's order holds: a token beats
 * basic authentication, exec plugin and auth provider; client certificates go along with all of them. Throws `SflError`
 * (Unreachable) for files that cannot be read; plugins run when the first request needs them.
 */
export const credentialsOf = (access: Access, options: CredentialOptions): Credentials => {
  const {user} = access
  const pair = keyPairOf(user, access.userName)
  const fixed = (authorization: string | undefined): Credentials => {
    const credential = Promise.resolve({authorization, pair})
    return () => credential
  }
  const {tokenFile} = user
  // Service account tokens are replaced while the program runs.
  if (tokenFile !== undefined) return async () => ({authorization: bearer(tokenIn(tokenFile)), pair})
  if (user.token !== undefined) return fixed(bearer(user.token))
  if (user.username !== undefined) {
    const login = Buffer.from(`${user.username}:${user.password ?? ''}`).toString('base64')
    return fixed(`Basic ${login}`)
  }
  const {exec, authProvider} = user
  if (exec !== undefined) {
    return remembered(options.today, async (signal) => {
      const {runExecPlugin} = await import('./exec.js')
      const found = await runExecPlugin(exec, access, options, signal)
      return {
        credential: {
          authorization: found.token === undefined ? undefined : bearer(found.token),
          pair: found.pair ?? pair,
        },
        expires: found.expires,
      }
    })
  }
  if (authProvider !== undefined) {
    return remembered(options.today, async () => {
      const {authProviderToken} = await import('./auth-provider.js')
      const {token, expires} = await authProviderToken(authProvider, access.userName)
      return {credential: {authorization: bearer(token), pair}, expires}
    })
  }
  return fixed(undefined)
}

const bearer = (token: string): string => `Bearer ${token}`

const tokenIn = (file: string): string => readMaterial(file, 'token file').toString('utf8').trim()

interface Found {
  credential: Credential
  /** Milliseconds since 1970; `undefined`: good for the whole invocation. */
  expires: number | undefined
}

/** Asks once, and again only after what was found has expired (a watch may outlive a token) or asking failed. */
const remembered = (today: () => number, ask: (signal?: AbortSignal) => Promise<Found>): Credentials => {
  let asked: Promise<Found> | undefined
  const begin = (signal?: AbortSignal): Promise<Found> => {
    const pending = ask(signal)
    asked = pending
    pending.catch(() => {
      if (asked === pending) asked = undefined
    })
    return pending
  }
  return async (signal) => {
    const pending = asked ?? begin(signal)
    const {credential, expires} = await pending
    if (expires === undefined || today() < expires) return credential
    // Of several requests that find it expired, the first renews it.
    const renewed = asked === undefined || asked === pending ? begin(signal) : asked
    return (await renewed).credential
  }
}

const keyPairOf = (user: User, userName: string | undefined): KeyPair | undefined => {
  const cert = material(user.clientCertificateData, user.clientCertificate, 'client certificate')
  const key = material(user.clientKeyData, user.clientKey, 'client key')
  if (cert !== undefined && key !== undefined) return {cert, key}
  if (cert === undefined && key === undefined) return undefined
  const [has, lacks] = cert === undefined ? ['key', 'certificate'] : ['certificate', 'key']
  throw new SflError(
    'CredentialMalformed',
    `user "${userName ?? ''}" has a client ${has} but no client ${lacks}`,
    ExitCode.Unreachable,
    {hint: `add client-${lacks} or client-${lacks}-data to the user, or use --client-${lacks}`},
  )
}

/** Data in the kubeconfig beats a file. */
const material = (data: string | undefined, file: string | undefined, what: string): Buffer | undefined => {
  if (data !== undefined) return Buffer.from(data, 'base64')
  return file === undefined ? undefined : readMaterial(file, what)
}
