import {ExitCode, invalid, SflError} from '../domain/core/errors.js'
import {groupOf} from '../domain/core/object.js'
import {suggestions} from '../domain/core/suggest.js'
import {isKubeError, type KubeError} from '../kube/errors.js'
import {PromptCancelled} from '../terminal/prompts.js'
import type {Streams} from '../terminal/streams.js'
import {hostFacts} from './host-facts.js'
import {harmlessJson} from '../output/json.js'

/** What the report knows of the run that failed. */
export interface FailedRun {
  program: string
  version: string
  /** `broker create`; left out before a command was found. */
  command?: string
  /** Names of the flags of that command, for did-you-mean. */
  flags?: readonly string[]
  /** `-v` was given: stack traces may be shown. */
  verbose?: boolean
  /** `-o json` was given: errors are one Status object. */
  json?: boolean
  /** Set when the run was ended by a signal. */
  interrupted?: 'SIGINT' | 'SIGTERM' | undefined
}

/** Turns whatever was thrown into words, a reason for machines and an exit code. The one place where that is done. */
export const translate = (error: unknown, run: FailedRun): SflError => {
  if (run.interrupted !== undefined) {
    const {hint, causes = []} = error instanceof SflError ? error : {}
    return new SflError(
      'Interrupted',
      run.interrupted === 'SIGINT' ? 'interrupted' : 'terminated',
      run.interrupted === 'SIGINT' ? ExitCode.Interrupted : ExitCode.Terminated,
      {causes, ...(hint === undefined ? {} : {hint})},
    )
  }
  if (error instanceof SflError) return withoutFrame(error)
  if (isKubeError(error)) return translateKube(error, run)
  if (error instanceof PromptCancelled)
    return new SflError('Cancelled', 'cancelled, nothing was changed', ExitCode.Interrupted)
  if (error instanceof Error && error.name === 'ProgramNotRun') return invalid(error.message)
  if (error instanceof Error) return translateParse(error, run) ?? unexpected(error, run)
  return unexpected(new Error(String(error)), run)
}

/** oclif writes its own words around the message of an error that a flag's parser throws. */
const withoutFrame = (error: SflError): SflError => {
  const framed = FRAME.exec(error.message)
  if (framed === null) return error
  const {hint, causes} = error
  return new SflError(error.reason, framed[2]!, error.exitCode, {causes, ...(hint === undefined ? {} : {hint})})
}

const FRAME = /^Parsing (--\S+)\s*\n\t([^]*?)(?:\nSee more help with --help)?$/

const translateKube = (error: KubeError, {program, command = 'broker'}: FailedRun): SflError => {
  const {code, request, server = 'the server'} = error
  const host = server.replace(/^https?:\/\//, '')
  // These words begin with what failed; kubectl's own opening would say it twice.
  const why = error.message
    .replace(/^Unable to connect to the server \S+: /, '')
    .replace(/^The server \S+ did not answer within /, 'no answer within ')
  const fail = (message: string, exitCode: ExitCode, hint?: string): SflError =>
    new SflError(error.reason, message, exitCode, {
      code,
      cause: error,
      causes: error.causes.map(({field, message: text}) => [field, text].filter(Boolean).join(': ')),
      ...(hint === undefined ? {} : {hint}),
    })
  // The server knows the verbs of requests only; a list without a namespace goes over all of them.
  const verb = request.verb === 'apply' ? 'patch' : request.verb
  const everywhere = ['list', 'watch'].includes(verb) ? ' --all-namespaces' : ''
  const where = request.namespace === undefined ? everywhere : ` -n ${request.namespace}`
  switch (error.reason) {
    case 'NotFound':
      return fail(error.message, ExitCode.NotFound)
    case 'AlreadyExists':
      return fail(
        error.message,
        ExitCode.Failed,
        request.resource === 'secrets'
          ? 'To compare and change it, the right to get Secrets is needed.'
          : 'Add --if-not-exists to accept what is there, or change it with update or apply.',
      )
    case 'Forbidden':
      return fail(
        `not allowed to ${verb} ${request.resource ?? 'this'}${request.namespace === undefined ? '' : ` in namespace "${request.namespace}"`}: ${error.message}`,
        ExitCode.Failed,
        `kubectl auth can-i ${verb} ${request.resource ?? ''}${where}`,
      )
    case 'Unauthorized':
      return fail(
        // Of a certificate that has expired, the date says all.
        `You must be logged in to the server (Unauthorized)${/expired/.test(error.message) ? `: ${error.message}` : ''}`,
        ExitCode.Unreachable,
        'Log in again, then repeat; kubectl config view --minify shows the user in use.',
      )
    case 'Conflict':
      return fail(
        conflictText(error),
        ExitCode.Failed,
        conflictHint(error, `${program} ${command.split(' ')[0]} describe`),
      )
    case 'ResourceNotServed':
      return fail(
        `${installed(request.resource)}: the server does not serve ${request.resource ?? 'this kind'}`,
        ExitCode.Failed,
        `kubectl api-resources --api-group=${(request.resource ?? '').split('.').slice(1).join('.') || groupOf(request.ref?.apiVersion ?? '')}`,
      )
    case 'BadRequest':
      return isSelectorFault(error)
        ? invalid(`invalid selector: ${error.message}`)
        : fail(error.message, ExitCode.Failed)
    case 'Invalid':
      return fail(error.message, ExitCode.Failed)
    case 'ConnectionRefused':
      return fail(
        `The connection to the server ${host} was refused - did you specify the right host or port?`,
        ExitCode.Unreachable,
        'kubectl cluster-info',
      )
    case 'HostNotFound':
      return fail(
        `cannot find the server ${host}: ${why}`,
        ExitCode.Unreachable,
        'Check the server of the context (kubectl config view --minify), DNS and VPN.',
      )
    case 'ConnectTimeout':
    case 'RequestTimeout':
      return fail(
        `the server ${host} did not answer in time: ${why}`,
        ExitCode.Unreachable,
        'Try again; --request-timeout sets how long one request may take.',
      )
    case 'ConnectionReset':
      return fail(`the connection to ${host} broke: ${why}`, ExitCode.Unreachable, 'Try again.')
    case 'CertificateUntrusted':
    case 'CertificateExpired':
    case 'CertificateHostMismatch':
      return fail(
        `the certificate of ${host} is not accepted: ${why}`,
        ExitCode.Unreachable,
        'Check certificate-authority of the cluster in the kubeconfig, or --certificate-authority.',
      )
    case 'ClientCertificateRejected':
      return fail(
        `the server ${host} refused the client certificate: ${why}`,
        ExitCode.Unreachable,
        'Log in again; the certificate may have expired.',
      )
    case 'ProxyFailed':
      return fail(
        `the proxy on the way to ${host} failed: ${why}`,
        ExitCode.Unreachable,
        'Check proxy-url in the kubeconfig, HTTPS_PROXY and NO_PROXY.',
      )
    case 'BadAnswer':
      return fail(
        `${host} does not answer like a Kubernetes API server: ${why}`,
        ExitCode.Unreachable,
        'Check the server of the context; a proxy or log-in page may be in between.',
      )
    default:
      return fail(error.message, ExitCode.Failed)
  }
}

/** The server's words for a selector that could never be valid (apimachinery pkg/labels, pkg/fields). */
const isSelectorFault = ({request, message}: KubeError): boolean =>
  ['list', 'watch'].includes(request.verb) &&
  /unable to parse requirement|invalid selector|field label not supported|not a known field selector/.test(message)

const installed = (resource = ''): string => {
  if (/\.(eventing|messaging|sources)\.knative\.dev$/.test(resource)) return 'Knative Eventing is not installed'
  if (resource.endsWith('.serving.knative.dev')) return 'Knative Serving is not installed'
  return 'something is not installed in this cluster'
}

const conflictText = (error: KubeError): string => {
  if (error.causes.length === 0) return error.message
  const fields = error.causes.map(({field, message}) => `  ${field ?? ''}: ${message ?? ''}`)
  return [`other field managers own what would be set:`, ...fields].join('\n')
}

const conflictHint = (error: KubeError, describe: string): string =>
  error.causes.length === 0
    ? 'Look at it again, then repeat the command.'
    : `Add --force-conflicts to take these fields over, or leave their flags out so that the other manager keeps them (${describe} shows what is set).`

/** oclif's parse errors carry their facts as fields; their wrapped prose and usage texts are not used. */
const translateParse = (error: Error, {program, command, flags = []}: FailedRun): SflError | undefined => {
  const usage = command === undefined ? `${program} --help` : `${program} ${command} --help`
  // Without the value: after `--password=` it is one that nobody should see.
  const unknown =
    'flags' in error && Array.isArray(error.flags) ? error.flags.map((flag) => String(flag).split('=')[0]!) : []
  if (unknown.length > 0) {
    const name = unknown[0]!.replace(/^-+/, '')
    // Nearly everything is near to a word of two or three letters.
    const close = unknown[0]!.startsWith('--') && name.length > 3 ? suggestions(name, flags)[0] : undefined
    return new SflError(
      'UnknownFlag',
      `unknown flag: ${unknown.join(', ')}${close === undefined ? '' : ` - did you mean --${close}?`}`,
      ExitCode.Usage,
      {hint: `See '${usage}'.`},
    )
  }
  if ('args' in error && Array.isArray(error.args) && error.message.startsWith('Unexpected argument')) {
    return new SflError(
      'UnexpectedArgument',
      command?.startsWith('secret create-')
        ? 'unexpected argument (it is not repeated here, as it may be a password, which is never given on the command line)'
        : `unexpected argument: ${error.args.map(String).join(' ')}`,
      ExitCode.Usage,
      {hint: `See '${usage}'.`},
    )
  }
  const [first = ''] = error.message.split('\n')
  const once = /^Flag --(\S+) can only be specified once/.exec(first)
  if (once !== null) return invalid(`--${once[1]} is given more than once`, `See '${usage}'.`)
  const value = /^Flag --(\S+) expects (?:a value|one of these values: (.*))$/.exec(first)
  if (value !== null)
    return invalid(`--${value[1]} needs a value${value[2] === undefined ? '' : ` (${value[2]})`}`, `See '${usage}'.`)
  const option = /^Expected --(\S+?)=(.*) to be one of: (.*)$/.exec(first)
  if (option !== null) return invalid(`--${option[1]}: "${option[2]}" is not one of ${option[3]}`, `See '${usage}'.`)
  if ('oclif' in error) return invalid(plainParse(error.message), `See '${usage}'.`)
  return undefined
}

const plainParse = (message: string): string =>
  message
    .replace(/\n?See more help with --help$/, '')
    .replace(/^Parsing --(\S+)\s*/, '--$1: ')
    .replace(/: (\w)/, (_match, letter: string) => `: ${letter.toLowerCase()}`)

const unexpected = (error: Error, {program, version, command}: FailedRun): SflError =>
  new SflError('InternalError', `this is a bug in ${program}: ${error.message}`, ExitCode.Failed, {
    cause: error,
    hint: `Please report it with the version (${version}, Node ${hostFacts().node}) and the command (${program} ${command ?? ''}); -v 6 shows where it happened.`,
  })

/** Prints an error: for people in words, under `-o json` as a Status object like the API's own, with two fields more. */
export const report = (error: SflError, streams: Streams, {json, verbose}: {json: boolean; verbose: boolean}): void => {
  if (json) {
    const status = {
      kind: 'Status',
      apiVersion: 'v1',
      metadata: {},
      status: 'Failure',
      message: error.message,
      reason: error.reason,
      ...(error.causes.length > 0 ? {details: {causes: error.causes.map((message) => ({message}))}} : {}),
      ...(error.code ? {code: error.code} : {}),
      exitCode: error.exitCode,
      ...(error.hint === undefined ? {} : {hint: error.hint}),
    }
    streams.err(`${harmlessJson(JSON.stringify(status, undefined, 4))}\n`)
    return
  }
  const {errPalette} = streams
  for (const message of messagesOf(error)) streams.err(`${errPalette.red('error:')} ${indented(message, '  ')}\n`)
  for (const cause of SAID_ALREADY.has(error.reason) ? [] : error.causes)
    if (!error.message.includes(cause)) streams.err(`  ${indented(cause, '    ')}\n`)
  if (error.hint !== undefined) streams.err(`${errPalette.cyan('hint:')} ${error.hint}\n`)
  if (verbose && error.exitCode !== ExitCode.Usage) streams.err(`${stackOf(error)}\n`)
}

/** Further lines stand behind the first one, so that none of what a server says looks like a line of ours. */
const indented = (text: string, indent: string): string => text.trimEnd().replace(/\r?\n(?! )/g, `\n${indent}`)

/** Errors whose causes stand in the message, or were reported one by one. */
const SAID_ALREADY = new Set(['Conflict', 'PartialFailure', 'PreflightFailed'])

/** Several faults of one command line are several errors to the reader. */
const messagesOf = ({message, causes}: SflError): readonly string[] =>
  causes.length > 1 && causes.join('\n') === message ? causes : [message]

const stackOf = (error: Error): string => {
  const root = error.cause instanceof Error ? error.cause : error
  return root.stack ?? String(root)
}
