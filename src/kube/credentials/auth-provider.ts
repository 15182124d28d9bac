import {OpenIDConnectAuth} from '@kubernetes/client-node/dist/oidc_auth.js'
import {ExitCode, SflError} from '../../domain/core/errors.js'
import type {User} from '../config/entries.js'

export interface ProvidedToken {
  token: string
  /** Milliseconds since 1970 */
  expires: number | undefined
}

/** What took the place of the providers that kubectl removed in 1.26. */
const SUCCESSORS: Readonly<Record<string, string>> = {gcp: 'gke-gcloud-auth-plugin', azure: 'kubelogin'}

/**
 * The token of a user's `auth-provider`: OpenID Connect by client-node, which renews an expired ID token with the
 * refresh token. Rejects with `SflError` (Unreachable).
 */
export const authProviderToken = async (
  provider: NonNullable<User['authProvider']>,
  userName = '',
): Promise<ProvidedToken> => {
  const {name} = provider
  if (name !== 'oidc') {
    const successor = SUCCESSORS[name]
    throw new SflError(
      'LoginFailed',
      `user "${userName}" logs in with the auth provider "${name}", which ${successor === undefined ? 'is not supported' : 'kubectl has removed, too'}`,
      ExitCode.Unreachable,
      {
        hint:
          successor === undefined
            ? 'use a token, a client certificate or an exec plugin'
            : `use the credential plugin ${successor} instead`,
      },
    )
  }
  const user = {name: userName, authProvider: {name, config: {...provider.config}}}
  const options: {headers: Record<string, string>} = {headers: {}}
  try {
    await new OpenIDConnectAuth().applyAuthentication(user, options)
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause)
    throw expired(userName, `could not be renewed: ${why}`, cause)
  }
  const token = /^Bearer (.+)$/.exec(options.headers['Authorization'] ?? '')?.[1]
  if (token === undefined) throw expired(userName, 'has expired, and there is no refresh-token to renew it with')
  return {token, expires: expiryOf(token)}
}

const expired = (userName: string, what: string, cause?: unknown): SflError =>
  new SflError('LoginFailed', `the OpenID Connect token of user "${userName}" ${what}`, ExitCode.Unreachable, {
    hint: 'log in again with your identity provider’s tool, then repeat the command',
    cause,
  })

const expiryOf = (token: string): number | undefined => {
  const seconds = OpenIDConnectAuth.expirationFromToken(token)
  return seconds > 0 ? seconds * 1000 : undefined
}
