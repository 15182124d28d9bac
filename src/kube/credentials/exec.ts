import {spawn, type StdioOptions} from 'node:child_process'
import {isatty} from 'node:tty'
import {ExitCode, SflError} from '../../domain/core/errors.js'
import {at, isRecord, textAt} from '../../domain/core/read.js'
import {type Cluster, type ExecSpec, given} from '../config/entries.js'
import type {Access} from '../config/load.js'
import {type KeyPair, readMaterial} from '../http/trust.js'
import type {CredentialOptions} from './credential.js'

export interface ExecCredential {
  token?: string
  pair?: KeyPair
  /** Milliseconds since 1970 */
  expires: number | undefined
}

const VERSIONS = ['client.authentication.k8s.io/v1', 'client.authentication.k8s.io/v1beta1']

/**
 * Runs a credential plugin (client-go plugin/pkg/client/auth/exec/exec.go). Its stderr is the user's, its stdin too where
 * its `interactiveMode` allows that: device-code log-ins have to be seen and answered. Rejects with `SflError`
 * (Unreachable) when it cannot be run, fails, or answers with something else than a valid credential.
 */
export const runExecPlugin = async (
  spec: ExecSpec,
  access: Access,
  options: CredentialOptions,
  signal?: AbortSignal,
): Promise<ExecCredential> => {
  const fault = faults(spec, access)
  if (!VERSIONS.includes(spec.apiVersion)) {
    throw fault(`is configured with the version "${spec.apiVersion}", which is not supported`, {
      hint: `set apiVersion to ${VERSIONS.join(' or ')}, or install a newer plugin`,
    })
  }
  const interactive = spec.interactiveMode !== 'Never' && (options.stdinIsTerminal ?? isatty(0))
  if (spec.interactiveMode === 'Always' && !interactive) {
    throw fault('wants to ask you something, but standard input is not a terminal', {
      hint: 'run the command at a terminal, or use a context that needs no log-in',
    })
  }
  const env = {
    ...options.env,
    ...Object.fromEntries(spec.env.map(({name, value}) => [name, value])),
    KUBERNETES_EXEC_INFO: JSON.stringify(execInfo(spec, access, interactive)),
  }
  const stdin = interactive ? 'inherit' : 'ignore'
  const stderr = options.quiet ? 'ignore' : 'inherit'
  const stdout = await outputOf(spec, env, [stdin, 'pipe', stderr], fault, signal)
  return readCredential(stdout, spec, fault, options.today())
}

type Fault = (what: string, more?: {hint?: string | undefined; cause?: unknown}) => SflError

const faults =
  ({command, installHint}: ExecSpec, {userName = ''}: Access): Fault =>
  (what, {hint, cause} = {}) =>
    new SflError(
      'LoginFailed',
      `the credential plugin ${command} of user "${userName}" ${what}`,
      ExitCode.Unreachable,
      {
        hint: hint ?? installHint ?? 'log in again with your cluster’s own tool, then repeat the command',
        cause,
      },
    )

const execInfo = (spec: ExecSpec, {cluster, server}: Access, interactive: boolean): object => ({
  kind: 'ExecCredential',
  apiVersion: spec.apiVersion,
  spec: {...(spec.provideClusterInfo ? {cluster: clusterInfo(cluster, server)} : {}), interactive},
})

/** Files are handed over as data, as client-go does. */
const clusterInfo = (cluster: Cluster, server: string): object => {
  const authority =
    cluster.certificateAuthorityData ??
    (cluster.certificateAuthority === undefined
      ? undefined
      : readMaterial(cluster.certificateAuthority, 'certificate authority').toString('base64'))
  return given({
    server,
    'tls-server-name': cluster.tlsServerName,
    'insecure-skip-tls-verify': cluster.insecureSkipTlsVerify,
    'certificate-authority-data': authority,
    'proxy-url': cluster.proxyUrl,
    'disable-compression': cluster.disableCompression,
    config: cluster.execConfig,
  })
}

const outputOf = (
  spec: ExecSpec,
  env: Record<string, string | undefined>,
  stdio: StdioOptions,
  fault: Fault,
  signal: AbortSignal | undefined,
): Promise<string> =>
  new Promise((resolve, reject) => {
    const child = spawn(spec.command, spec.args, {
      env,
      stdio,
      ...(signal === undefined ? {} : {signal}),
    })
    const chunks: Buffer[] = []
    child.stdout?.on('data', (chunk: Buffer) => chunks.push(chunk))
    child.once('error', (cause) => {
      const code = textAt(cause, 'code')
      const what =
        code === 'ENOENT'
          ? 'is not installed, or not on PATH'
          : code === 'EACCES'
            ? 'is not executable'
            : `cannot be run: ${cause.message}`
      reject(fault(what, {cause}))
    })
    child.once('close', (code, killedBy) => {
      if (code === 0) resolve(Buffer.concat(chunks).toString('utf8'))
      else reject(fault(code === null ? `was ended by ${killedBy}` : `failed with exit code ${code}`))
    })
  })

const readCredential = (stdout: string, spec: ExecSpec, fault: Fault, today: number): ExecCredential => {
  let answer: unknown
  try {
    answer = JSON.parse(stdout)
  } catch (cause) {
    // The output may hold a secret: it is not shown.
    throw fault(stdout.trim() === '' ? 'answered nothing' : 'answered with something that is not JSON', {cause})
  }
  if (textAt(answer, 'kind') !== 'ExecCredential') throw fault('did not answer with an ExecCredential')
  const version = textAt(answer, 'apiVersion')
  if (version !== spec.apiVersion) {
    throw fault(`answered in version "${version ?? ''}", but the kubeconfig expects ${spec.apiVersion}`, {
      hint: `set apiVersion of the user's exec section to what the plugin speaks, or update one of the two`,
    })
  }
  const status = at(answer, 'status')
  if (!isRecord(status)) throw fault('answered without a status')
  const token = textAt(status, 'token') || undefined
  const cert = textAt(status, 'clientCertificateData') || undefined
  const key = textAt(status, 'clientKeyData') || undefined
  if (token === undefined && cert === undefined && key === undefined) {
    throw fault('answered with neither a token nor a client certificate')
  }
  if ((cert === undefined) !== (key === undefined)) {
    throw fault('answered with only one of client certificate and key')
  }
  return {
    ...given({token, pair: cert === undefined || key === undefined ? undefined : {cert, key}}),
    expires: expiryOf(status, fault, today),
  }
}

const expiryOf = (status: unknown, fault: Fault, today: number): number | undefined => {
  const written = textAt(status, 'expirationTimestamp')
  if (written === undefined) return undefined
  const expires = Date.parse(written)
  if (Number.isNaN(expires)) throw fault(`answered with "${written}" as expirationTimestamp, which is not a time`)
  if (expires <= today) throw fault(`answered with a credential that expired at ${written}`)
  return expires
}
