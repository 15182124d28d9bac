import {describe, expect, test} from 'vitest'
import {report, translate, type FailedRun} from '../../src/cli/errors.js'
import {ExitCode, SflError} from '../../src/domain/core/errors.js'
import {KubeError, type KubeErrorDetails} from '../../src/kube/errors.js'
import {PromptCancelled} from '../../src/terminal/prompts.js'
import {run} from '../support/run.js'
import {streamsTo} from '../support/streams.js'

const failedRun: FailedRun = {
  program: 'kubectl sfl',
  version: '1.2.3',
  command: 'broker create',
  flags: ['class', 'retry', 'namespace', 'yes'],
}

const kube = (reason: string, message: string, details: Partial<KubeErrorDetails> = {}): KubeError =>
  new KubeError(reason, message, {
    code: 0,
    server: 'https://api.example.com:6443',
    ...details,
    request: {verb: 'create', resource: 'brokers.eventing.knative.dev', namespace: 'demo', ...details.request},
  })

/** What the user reads. */
const told = (error: unknown, changes: Partial<FailedRun> = {}): string => {
  const lines: string[] = []
  const translated = translate(error, {...failedRun, ...changes})
  const streams = streamsTo({err: (text) => void lines.push(text)})
  report(translated, streams, {json: false, verbose: false})
  return `${lines.join('')}${translated.reason} ${translated.exitCode}`
}

describe('what the cluster answered, in words', () => {
  test.each([
    [
      kube('NotFound', 'brokers.eventing.knative.dev "orders" not found', {code: 404}),
      'error: brokers.eventing.knative.dev "orders" not found\nNotFound 3',
    ],
    [
      kube('AlreadyExists', 'brokers.eventing.knative.dev "orders" already exists', {code: 409}),
      'error: brokers.eventing.knative.dev "orders" already exists\nhint: Add --if-not-exists to accept what is there, or change it with update or apply.\nAlreadyExists 1',
    ],
    [
      kube('Forbidden', 'brokers.eventing.knative.dev is forbidden: User "alice" cannot create', {code: 403}),
      'error: not allowed to create brokers.eventing.knative.dev in namespace "demo": brokers.eventing.knative.dev is forbidden: User "alice" cannot create\nhint: kubectl auth can-i create brokers.eventing.knative.dev -n demo\nForbidden 1',
    ],
    [
      kube('Forbidden', 'no', {code: 403, request: {verb: 'apply', resource: 'brokers.eventing.knative.dev'}}),
      'error: not allowed to patch brokers.eventing.knative.dev in namespace "demo": no\nhint: kubectl auth can-i patch brokers.eventing.knative.dev -n demo\nForbidden 1',
    ],
    [
      new KubeError('Forbidden', 'no', {code: 403, request: {verb: 'list', resource: 'brokers.eventing.knative.dev'}}),
      'error: not allowed to list brokers.eventing.knative.dev: no\nhint: kubectl auth can-i list brokers.eventing.knative.dev --all-namespaces\nForbidden 1',
    ],
    [
      kube('Unauthorized', 'the client certificate of the kubeconfig expired on 2026-01-02', {code: 401}),
      'error: You must be logged in to the server (Unauthorized): the client certificate of the kubeconfig expired on 2026-01-02\nhint: Log in again, then repeat; kubectl config view --minify shows the user in use.\nUnauthorized 6',
    ],
    [
      kube('RequestTimeout', 'The server api.example.com:6443 did not answer within 0.1 s'),
      'error: the server api.example.com:6443 did not answer in time: no answer within 0.1 s\nhint: Try again; --request-timeout sets how long one request may take.\nRequestTimeout 6',
    ],
    [
      kube('Unauthorized', 'Unauthorized', {code: 401}),
      'error: You must be logged in to the server (Unauthorized)\nhint: Log in again, then repeat; kubectl config view --minify shows the user in use.\nUnauthorized 6',
    ],
    [
      kube('Conflict', 'the object has been modified', {code: 409}),
      'error: the object has been modified\nhint: Look at it again, then repeat the command.\nConflict 1',
    ],
    [
      kube('Conflict', 'Apply failed with 1 conflict', {
        code: 409,
        causes: [{field: '.spec.delivery.retry', message: 'conflict with "argocd"'}],
      }),
      'error: other field managers own what would be set:\n  .spec.delivery.retry: conflict with "argocd"\nhint: Add --force-conflicts to take these fields over, or leave their flags out so that the other manager keeps them (kubectl sfl broker describe shows what is set).\nConflict 1',
    ],
    [
      kube('Invalid', 'Broker.eventing.knative.dev "x" is invalid: [a: b, c: d]', {
        code: 422,
        causes: [
          {field: 'a', message: 'b'},
          {field: 'c', message: 'd'},
        ],
      }),
      'error: Broker.eventing.knative.dev "x" is invalid: [a: b, c: d]\nInvalid 1',
    ],
    [
      kube('Invalid', 'admission webhook denied the request', {
        code: 422,
        causes: [{field: 'spec.x', message: 'wrong'}],
      }),
      'error: admission webhook denied the request\n  spec.x: wrong\nInvalid 1',
    ],
    [
      kube('ResourceNotServed', 'the server does not have brokers.eventing.knative.dev', {code: 404}),
      'error: Knative Eventing is not installed: the server does not serve brokers.eventing.knative.dev\nhint: kubectl api-resources --api-group=eventing.knative.dev\nResourceNotServed 1',
    ],
    [
      kube('BadRequest', "unable to parse requirement: found '='", {code: 400, request: {verb: 'list'}}),
      "error: invalid selector: unable to parse requirement: found '='\nInvalidArgument 2",
    ],
    [kube('BadRequest', 'strict decoding error', {code: 400}), 'error: strict decoding error\nBadRequest 1'],
    [
      kube('TooManyRequests', 'the server has asked us to wait', {code: 429}),
      'error: the server has asked us to wait\nTooManyRequests 1',
    ],
    [
      kube('ConnectionRefused', 'connect ECONNREFUSED'),
      'error: The connection to the server api.example.com:6443 was refused - did you specify the right host or port?\nhint: kubectl cluster-info\nConnectionRefused 6',
    ],
    [
      kube('HostNotFound', 'getaddrinfo ENOTFOUND api.example.com'),
      'error: cannot find the server api.example.com:6443: getaddrinfo ENOTFOUND api.example.com\nhint: Check the server of the context (kubectl config view --minify), DNS and VPN.\nHostNotFound 6',
    ],
    [
      kube('ConnectTimeout', 'no connection after 30s'),
      'error: the server api.example.com:6443 did not answer in time: no connection after 30s\nhint: Try again; --request-timeout sets how long one request may take.\nConnectTimeout 6',
    ],
    [
      kube('RequestTimeout', 'no answer after 30s'),
      'error: the server api.example.com:6443 did not answer in time: no answer after 30s\nhint: Try again; --request-timeout sets how long one request may take.\nRequestTimeout 6',
    ],
    [
      kube('ConnectionReset', 'read ECONNRESET'),
      'error: the connection to api.example.com:6443 broke: read ECONNRESET\nhint: Try again.\nConnectionReset 6',
    ],
    [
      kube('CertificateUntrusted', 'self-signed certificate'),
      'error: the certificate of api.example.com:6443 is not accepted: self-signed certificate\nhint: Check certificate-authority of the cluster in the kubeconfig, or --certificate-authority.\nCertificateUntrusted 6',
    ],
    [
      kube('CertificateExpired', 'certificate has expired'),
      'error: the certificate of api.example.com:6443 is not accepted: certificate has expired\nhint: Check certificate-authority of the cluster in the kubeconfig, or --certificate-authority.\nCertificateExpired 6',
    ],
    [
      kube('ClientCertificateRejected', 'alert certificate expired'),
      'error: the server api.example.com:6443 refused the client certificate: alert certificate expired\nhint: Log in again; the certificate may have expired.\nClientCertificateRejected 6',
    ],
    [
      kube('ProxyFailed', 'the proxy answered 407'),
      'error: the proxy on the way to api.example.com:6443 failed: the proxy answered 407\nhint: Check proxy-url in the kubeconfig, HTTPS_PROXY and NO_PROXY.\nProxyFailed 6',
    ],
    [
      kube('BadAnswer', 'a web page'),
      'error: api.example.com:6443 does not answer like a Kubernetes API server: a web page\nhint: Check the server of the context; a proxy or log-in page may be in between.\nBadAnswer 6',
    ],
  ])('%s', (error, expected) => {
    expect(told(error)).toBe(expected)
  })

  test('a right that is missing for the whole cluster is asked for in all namespaces', () => {
    const error = new KubeError('Forbidden', 'no', {code: 403, request: {verb: 'list', resource: 'secrets'}})
    expect(told(error)).toBe(
      'error: not allowed to list secrets: no\nhint: kubectl auth can-i list secrets --all-namespaces\nForbidden 1',
    )
  })

  test('what ended with Ctrl-C is told as that, whatever broke', () => {
    expect(told(kube('ConnectionReset', 'x'), {interrupted: 'SIGINT'})).toBe('error: interrupted\nInterrupted 130')
    expect(told(new Error('x'), {interrupted: 'SIGTERM'})).toBe('error: terminated\nInterrupted 143')
    const resumable = new SflError('Aborted', 'x', ExitCode.Failed, {hint: 'Go on with: this'})
    expect(told(resumable, {interrupted: 'SIGINT'})).toBe('error: interrupted\nhint: Go on with: this\nInterrupted 130')
  })

  test('a question that was left with Ctrl-C changed nothing', () => {
    expect(told(new PromptCancelled())).toBe('error: cancelled, nothing was changed\nCancelled 130')
  })

  test('several faults of one line are several errors', () => {
    const error = new SflError('InvalidArgument', 'one\ntwo', ExitCode.Usage, {causes: ['one', 'two']})
    expect(told(error)).toBe('error: one\nerror: two\nInvalidArgument 2')
  })

  test('what nobody foresaw is a bug, and says what to report', () => {
    expect(told(new TypeError('x is undefined'))).toBe(
      `error: this is a bug in kubectl sfl: x is undefined\nhint: Please report it with the version (1.2.3, Node ${process.version}) and the command (kubectl sfl broker create); -v 6 shows where it happened.\nInternalError 1`,
    )
    expect(told('just a text')).toMatch(/^error: this is a bug in kubectl sfl: just a text\n/)
  })
})

describe('a command line that cannot be understood', () => {
  test.each([
    [
      'broker create x --retri 3',
      "error: unknown flag: --retri - did you mean --retry?\nhint: See 'kubectl sfl broker create --help'.\n",
    ],
    ['broker create x --qqqqqqq', "error: unknown flag: --qqqqqqq\nhint: See 'kubectl sfl broker create --help'.\n"],
    ['broker create x -q', "error: unknown flag: -q\nhint: See 'kubectl sfl broker create --help'.\n"],
    ['broker create x --a1 --b2', "error: unknown flag: --a1, --b2\nhint: See 'kubectl sfl broker create --help'.\n"],
    ['broker apply x y z', "error: unexpected argument: y z\nhint: See 'kubectl sfl broker apply --help'.\n"],
    ['version now', "error: unexpected argument: now\nhint: See 'kubectl sfl version --help'.\n"],
    ['broker create x --retry', "error: --retry needs a value\nhint: See 'kubectl sfl broker create --help'.\n"],
    [
      'broker create x --retry 1 --retry 2',
      "error: --retry is given more than once\nhint: See 'kubectl sfl broker create --help'.\n",
    ],
    [
      'broker list --color pink',
      'error: --color: "pink" is not one of auto, always, never\nhint: See \'kubectl sfl broker list --help\'.\n',
    ],
    [
      'broker list --color',
      "error: --color needs a value (auto, always, never)\nhint: See 'kubectl sfl broker list --help'.\n",
    ],
    [
      'broker list --chunk-size some',
      "error: --chunk-size: expected an integer but received: some\nhint: See 'kubectl sfl broker list --help'.\n",
    ],
    [
      'broker list -v 20',
      "error: --v: expected an integer less than or equal to 10 but received: 20\nhint: See 'kubectl sfl broker list --help'.\n",
    ],
    ['broker list -v', 'error: -v needs a level from 0 to 9\nhint: For example -v 6 logs the URLs of all requests.\n'],
    [
      'broker wait x --timeout soon',
      'error: --timeout: "soon" is not a duration\nhint: Write it like 30s, 5m or 1h30m.\n',
    ],
    [
      'broker create x --dry-run=maybe',
      'error: --dry-run: "maybe" is not one of none, client, server\nhint: Use --dry-run=client or --dry-run=server.\n',
    ],
    ['broker list --as-user-extra x', 'error: --as-user-extra: "x" is not KEY=VALUE\n'],
  ])('%s', async (line, expected) => {
    expect(await run(line)).toEqual({out: '', err: expected, code: 2})
  })

  test('under -o json the error is one Status object', async () => {
    const {out, err, code} = await run('broker list -o json --bogus')
    expect({out, code}).toEqual({out: '', code: 2})
    expect(JSON.parse(err)).toEqual({
      kind: 'Status',
      apiVersion: 'v1',
      metadata: {},
      status: 'Failure',
      message: 'unknown flag: --bogus',
      reason: 'UnknownFlag',
      exitCode: 2,
      hint: "See 'kubectl sfl broker list --help'.",
    })
  })

  test('-v 6 shows where a bug happened, and no trace of a mistyped line', async () => {
    const broken = {connect: () => Promise.reject(new TypeError('x is undefined'))}
    const {err} = await run('broker list -v 6', {world: broken})
    expect(err).toMatch(
      /^error: this is a bug in kubectl sfl: x is undefined\nhint: .*\nTypeError: x is undefined\n {4}at /,
    )
    expect((await run('broker list', {world: broken})).err).not.toContain('    at ')
    expect((await run('broker list -v 6 --bogus')).err).not.toContain('    at ')
  })
})
