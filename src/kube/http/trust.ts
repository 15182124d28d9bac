import {readFileSync} from 'node:fs'
import {isIP} from 'node:net'
import {type SecureContext, createSecureContext} from 'node:tls'
import * as tls from 'node:tls'
import {ExitCode, SflError} from '../../domain/errors.js'
import {textAt} from '../../domain/read.js'
import type {Cluster} from '../config/entries.js'
import type {Env} from '../config/files.js'

/** A certificate and its key, PEM. */
export interface KeyPair {
  cert: string | Buffer
  key: string | Buffer
}

/** How the server proves who it is, and what name it has to prove. */
export interface Trust {
  /** PEM; left out: Node's own list */
  ca?: string | Buffer
  rejectUnauthorized: boolean
  servername: string
}

/** Throws `SflError` (Unreachable) when the certificate authority's file cannot be read. */
export const trustIn = (cluster: Cluster, server: URL, env: Env): Trust => {
  const host = server.hostname.replace(/^\[|\]$/g, '')
  const ca =
    cluster.certificateAuthorityData !== undefined
      ? Buffer.from(cluster.certificateAuthorityData, 'base64')
      : cluster.certificateAuthority !== undefined
        ? readMaterial(cluster.certificateAuthority, 'certificate authority')
        : cluster.insecureSkipTlsVerify || server.protocol !== 'https:'
          ? undefined
          : systemAuthorities(env)
  return {
    ...(ca === undefined ? {} : {ca}),
    rejectUnauthorized: !cluster.insecureSkipTlsVerify,
    servername: cluster.tlsServerName ?? (isIP(host) === 0 ? host : ''),
  }
}

/** A file with a certificate, a key or a token. */
export const readMaterial = (file: string, what: string): Buffer => {
  try {
    return readFileSync(file)
  } catch (error) {
    const why = textAt(error, 'code') === 'ENOENT' ? 'it does not exist' : String(error)
    throw new SflError('CredentialUnreadable', `${what} ${file} cannot be read: ${why}`, ExitCode.Unreachable, {
      hint: 'the path stands in the kubeconfig; kubectl config view shows it',
      cause: error,
    })
  }
}

/** Where Linux distributions keep the authorities that they trust (Go crypto/x509 root_linux.go). */
const BUNDLES = [
  '/etc/ssl/certs/ca-certificates.crt',
  '/etc/pki/tls/certs/ca-bundle.crt',
  '/etc/ssl/ca-bundle.pem',
  '/etc/pki/tls/cacert.pem',
  '/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem',
  '/etc/ssl/cert.pem',
]

/**
 * kubectl trusts what the operating system trusts, company authorities included; Node has a list of its own. Used only
 * where the kubeconfig names no authority. `NODE_EXTRA_CA_CERTS` counts as well, as it would without this.
 */
const systemAuthorities = (env: Env): Buffer | string | undefined => {
  const extra = env['NODE_EXTRA_CA_CERTS']
  const files = env['SSL_CERT_FILE'] ? [env['SSL_CERT_FILE']] : process.platform === 'linux' ? BUNDLES : []
  const bundle = files.map(ifThere).find((found) => found !== undefined) ?? systemList()
  return bundle === undefined ? undefined : `${bundle}\n${(extra && ifThere(extra)) || ''}`
}

/** Newer Nodes can ask macOS and Windows. */
const systemList = (): string | undefined => {
  const ask: unknown = Reflect.get(tls, 'getCACertificates')
  if (typeof ask !== 'function' || process.platform === 'linux') return undefined
  const found: unknown = ask('system')
  return Array.isArray(found) && found.length > 0 ? [...found, ...tls.rootCertificates].join('\n') : undefined
}

const ifThere = (file: string): string | undefined => {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
}

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
