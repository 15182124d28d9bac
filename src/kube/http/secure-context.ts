import {type SecureContext, createSecureContext} from 'node:tls'
import {ExitCode, SflError} from '../../domain/core/errors.js'
import {textAt} from '../../domain/core/read.js'
import type {KeyPair, Trust} from './trust.js'

/** Throws `SflError` (Unreachable) when certificate, key or authority are not what they should be. */
export const secureContextOf = (trust: Trust, pair: KeyPair | undefined): SecureContext => {
  try {
    return createSecureContext({...(trust.ca === undefined ? {} : {ca: trust.ca}), ...pair})
  } catch (error) {
    const code = textAt(error, 'code') ?? ''
    const said = error instanceof Error ? error.message : String(error)
    const why = code.includes('KEY_VALUES_MISMATCH')
      ? 'the client key does not belong to the client certificate'
      : code === 'ERR_MISSING_PASSPHRASE' || /BAD_PASSWORD|bad decrypt/i.test(code + said)
        ? 'the client key is encrypted with a passphrase'
        : `the client certificate, key or certificate authority is not PEM (${said})`
    throw new SflError('CredentialMalformed', `cannot log in with the kubeconfig: ${why}`, ExitCode.Unreachable, {
      hint: 'get a new kubeconfig, or repair the entry of this user; kubectl config view --raw shows it',
      cause: error,
    })
  }
}
