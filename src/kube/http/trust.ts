import {readFileSync} from 'node:fs'
import {ExitCode, SflError} from '../../domain/core/errors.js'
import {textAt} from '../../domain/core/read.js'
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

/** Rejects with `SflError` (Unreachable) when the certificate authority's file cannot be read. */
export const trustIn = async (cluster: Cluster, server: URL, env: Env): Promise<Trust> => {
  const host = server.hostname.replace(/^\[|\]$/g, '')
  const ca =
    cluster.certificateAuthorityData !== undefined
      ? Buffer.from(cluster.certificateAuthorityData, 'base64')
      : cluster.certificateAuthority !== undefined
        ? readMaterial(cluster.certificateAuthority, 'certificate authority')
        : cluster.insecureSkipTlsVerify || server.protocol !== 'https:'
          ? undefined
          : await systemAuthorities(env)
  return {
    ...(ca === undefined ? {} : {ca}),
    rejectUnauthorized: !cluster.insecureSkipTlsVerify,
    servername: cluster.tlsServerName ?? (isAddress(server) ? '' : host),
  }
}

/** Whether a URL has an IP address for a host name; URL has brought IPv4 addresses into their usual form. */
const isAddress = ({hostname}: URL): boolean => hostname.startsWith('[') || /^\d+(\.\d+){3}$/.test(hostname)

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
const systemAuthorities = async (env: Env): Promise<string | undefined> => {
  const extra = env['NODE_EXTRA_CA_CERTS']
  const files = env['SSL_CERT_FILE'] ? [env['SSL_CERT_FILE']] : process.platform === 'linux' ? BUNDLES : []
  const bundle = files.map(ifThere).find((found) => found !== undefined) ?? (await systemList())
  return bundle === undefined ? undefined : `${bundle}\n${(extra && ifThere(extra)) || ''}`
}

/** Newer Nodes can ask macOS and Windows. */
const systemList = async (): Promise<string | undefined> => {
  if (process.platform === 'linux') return undefined
  const tls = await import('node:tls')
  const ask: unknown = Reflect.get(tls, 'getCACertificates')
  if (typeof ask !== 'function') return undefined
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
