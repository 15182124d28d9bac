import {listAt, textAt} from '../../domain/core/read.js'
import {type FailedRequest, KubeError} from '../errors.js'

/** What a failure without an answer needs to know of the request. */
export interface Attempted {
  request: FailedRequest
  /** `https://host:port` */
  server: string
}

interface Words {
  reason: string
  /** Follows "Unable to connect to the server: ", kubectl's opening. */
  text: string
}

const UNTRUSTED =
  'its certificate is signed by an unknown authority (certificate-authority in the kubeconfig does not belong to this server)'

const WORDS: Readonly<Record<string, Words>> = {
  ENOTFOUND: {reason: 'HostNotFound', text: 'no such host'},
  EAI_AGAIN: {reason: 'HostNotFound', text: 'the name service does not answer'},
  ECONNRESET: {reason: 'ConnectionReset', text: 'the connection was closed by the other side'},
  EPIPE: {reason: 'ConnectionReset', text: 'the connection was closed by the other side'},
  ECONNABORTED: {reason: 'ConnectionReset', text: 'the connection was aborted'},
  ERR_STREAM_PREMATURE_CLOSE: {
    reason: 'ConnectionReset',
    text: 'the connection was closed in the middle of the answer',
  },
  closed: {reason: 'ConnectionReset', text: 'the connection was closed by the other side'},
  subprotocol: {reason: 'BadAnswer', text: 'it does not know the protocol in which a kubelet forwards ports'},
  switched: {reason: 'BadAnswer', text: 'it wants to speak another protocol than HTTP (101 Switching Protocols)'},
  ETIMEDOUT: {reason: 'ConnectTimeout', text: 'no answer in time'},
  EHOSTUNREACH: {reason: 'ConnectTimeout', text: 'no route to host'},
  ENETUNREACH: {reason: 'ConnectTimeout', text: 'network is unreachable'},
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: {reason: 'CertificateUntrusted', text: UNTRUSTED},
  UNABLE_TO_GET_ISSUER_CERT: {reason: 'CertificateUntrusted', text: UNTRUSTED},
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: {reason: 'CertificateUntrusted', text: UNTRUSTED},
  SELF_SIGNED_CERT_IN_CHAIN: {reason: 'CertificateUntrusted', text: UNTRUSTED},
  DEPTH_ZERO_SELF_SIGNED_CERT: {reason: 'CertificateUntrusted', text: UNTRUSTED},
  CERT_SIGNATURE_FAILURE: {reason: 'CertificateUntrusted', text: UNTRUSTED},
  CERT_UNTRUSTED: {reason: 'CertificateUntrusted', text: UNTRUSTED},
  INVALID_CA: {reason: 'CertificateUntrusted', text: UNTRUSTED},
  INVALID_PURPOSE: {reason: 'CertificateUntrusted', text: UNTRUSTED},
  CERT_REVOKED: {reason: 'CertificateUntrusted', text: 'its certificate was revoked'},
  CERT_HAS_EXPIRED: {reason: 'CertificateExpired', text: 'its certificate has expired'},
  CERT_NOT_YET_VALID: {
    reason: 'CertificateExpired',
    text: 'its certificate is not valid yet; is this machine’s clock right?',
  },
}

/** The proxy could not be reached, or refused to pass us on. */
export class ProxyFailure extends Error {}

/**
 * What Node's HTTP has no error for: the server `switched` to another protocol, `closed` the connection without a word, or
 * opened a WebSocket for another `subprotocol` than ours.
 */
export class ExchangeFailure extends Error {
  constructor(
    readonly code: 'switched' | 'closed' | 'subprotocol',
    message = '',
  ) {
    super(message)
  }
}

/** The server ended the TLS handshake because of what we showed it; OpenSSL's names, or its words (then the code is EPROTO). */
const CLIENT_CERTIFICATE =
  /alert[ _](?:certificate[ _](?:required|expired|revoked|unknown)|bad[ _]certificate|unknown[ _]ca|unsupported[ _]certificate|access[ _]denied)/i
const NOT_TLS = /wrong[ _]version[ _]number|packet[ _]length[ _]too[ _]long|unknown[ _]protocol/i

/** Puts the failure of a request that got no answer into words. Faults that are ours already pass through. */
export const connectionFailure = (error: unknown, {request, server}: Attempted): Error => {
  if (error instanceof KubeError) return error
  const details = {code: 0, request, server, cause: error}
  const code = codeOf(error)
  const host = new URL(server).host
  if (code === 'ECONNREFUSED') {
    return new KubeError(
      'ConnectionRefused',
      `The connection to the server ${host} was refused - did you specify the right host or port?`,
      details,
    )
  }
  const {reason, text} = wordsFor(code, error)
  return new KubeError(reason, `Unable to connect to the server ${host}: ${text}`, details)
}

const wordsFor = (code: string, error: unknown): Words => {
  const known = WORDS[code]
  if (known !== undefined) return known
  const said = error instanceof Error ? error.message : String(error)
  if (error instanceof ProxyFailure) return {reason: 'ProxyFailed', text: said}
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') {
    const why = textAt(error, 'reason') ?? said
    return {reason: 'CertificateHostMismatch', text: `its certificate is for another name: ${why.replace(/\.$/, '')}`}
  }
  if (CLIENT_CERTIFICATE.test(`${code} ${said}`)) {
    return {reason: 'ClientCertificateRejected', text: 'it does not accept the client certificate of the kubeconfig'}
  }
  if (NOT_TLS.test(`${code} ${said}`))
    return {reason: 'BadAnswer', text: 'it does not speak TLS; is the address http:// instead of https://?'}
  if (code.startsWith('HPE_')) return {reason: 'BadAnswer', text: 'it does not speak HTTP'}
  // OpenSSL's messages end in source files and line numbers.
  const text = /SSL routines:[^:]*:([^:]+)/.exec(said)?.[1] ?? said.trim()
  return {reason: 'ConnectionReset', text}
}

const codeOf = (error: unknown): string =>
  textAt(error, 'code') ??
  listAt(error, 'errors')
    .map((one) => textAt(one, 'code'))
    .find((one) => one !== undefined) ??
  ''

export const aborted = (request: FailedRequest): KubeError =>
  new KubeError('Aborted', 'interrupted', {code: 0, request})

export const timedOut = (reason: 'ConnectTimeout' | 'RequestTimeout', ms: number, attempted: Attempted): KubeError => {
  const host = new URL(attempted.server).host
  const text =
    reason === 'ConnectTimeout'
      ? `Unable to connect to the server ${host}: no connection after ${ms / 1000} s`
      : `The server ${host} did not answer within ${ms / 1000} s`
  return new KubeError(reason, text, {code: 0, ...attempted})
}

/** Failures after which a GET may be sent again: the server may never have seen it, and asking twice does no harm. */
export const isPassing = (error: unknown, connectedBefore: boolean): boolean =>
  error instanceof KubeError &&
  (error.reason === 'ConnectionReset' || (error.reason === 'ConnectionRefused' && connectedBefore))
