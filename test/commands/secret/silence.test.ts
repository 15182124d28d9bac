import {writeFile} from 'node:fs/promises'
import {join} from 'node:path'
import {afterAll, beforeAll, describe, expect, test} from 'vitest'
import type {Cluster} from '../../../src/cli/runtime.js'
import {executePlan} from '../../../src/kube/execute-plan.js'
import type {KubeClient} from '../../../src/kube/client.js'
import {connect} from '../../../src/kube/connect.js'
import {KubeError} from '../../../src/kube/errors.js'
import type {RuntimeOverrides} from '../../../src/process/host.js'
import {waitFor} from '../../../src/kube/wait.js'
import {startServer} from '../../../src/sandbox/server/server.js'
import type {Sandbox} from '../../../src/sandbox/sandbox.js'
import {temporaryFolder} from '../../support/connection.js'
import {credentialFiles, OTHER_PASSWORD, PASSWORD, type CredentialFiles} from '../../support/credentials.js'
import {aSandbox, run, type Ran} from '../../support/run.js'

let credentials: CredentialFiles
beforeAll(async () => {
  credentials = await credentialFiles()
})

/** Every way in which a value could be written: as it is, in base64 (wherever it begins), and a key line by line. */
const forms = (text: string): string[] => {
  const lines = text.split('\n').filter((line) => line.length >= 16 && !line.startsWith('-----'))
  const base64 = Buffer.from(text).toString('base64').replace(/=+$/, '')
  return [...lines, base64.slice(0, 40), JSON.stringify(text).slice(1, -1).slice(0, 60)]
}

const secretTexts = (): string[] => {
  const values = [PASSWORD, OTHER_PASSWORD]
  const keys = Object.entries(credentials.files).filter(([name]) => name.endsWith('.key'))
  // The first line of every key of a kind is the same, so it is no secret.
  const ofKeys = keys.flatMap(([, text]) => forms(text.split('\n').slice(2).join('\n')))
  return [...values.flatMap(forms), ...ofKeys].filter((text) => text.length >= 16)
}

const expectSilence = ({out, err}: Ran, line: string): void => {
  for (const text of secretTexts()) {
    expect(out.includes(text), `stdout of ${line} shows a secret`).toBe(false)
    expect(err.includes(text), `stderr of ${line} shows a secret`).toBe(false)
  }
}

const SASL = '--mechanism SCRAM-SHA-512 --user orders --password-file pw.txt --ca-cert ca.pem'
const OTHER = '--mechanism PLAIN --user orders --password-file other.txt'
const TLS = '--ca-cert ca.pem --client-cert user.pem --client-key user.key'

/** One after the other on one cluster: success, repetition, difference, replacement, refusal, every output. */
const lines: readonly string[] = [
  `secret create-kafka-auth auth ${SASL} --dry-run=client -o yaml`,
  `secret create-kafka-auth auth ${SASL} --dry-run=server --diff -o json`,
  `secret create-kafka-auth auth ${SASL}`,
  `secret create-kafka-auth auth ${SASL} -o yaml`,
  `secret create-kafka-auth auth ${OTHER}`,
  `secret create-kafka-auth auth ${OTHER} -o json`,
  `secret create-kafka-auth auth ${OTHER} --replace --diff --dry-run=server`,
  `secret create-kafka-auth auth ${OTHER} --replace --dry-run=client -o jsonpath={.data}`,
  `secret create-kafka-auth auth ${OTHER} --replace -o jsonpath-as-json={.data.password}`,
  `secret create-kafka-auth auth ${SASL} --replace -o custom-columns=P:.data.password`,
  `secret create-kafka-auth auth ${SASL} --attach --yes -o json`,
  `secret create-kafka-auth tls ${TLS} --attach --yes --diff`,
  `secret create-kafka-auth tls ${TLS} --show-managed-fields -o yaml`,
  'secret create-kafka-auth tls --client-cert user.pem --client-key other.key --replace',
  'secret create-kafka-auth tls --client-cert rsa.pem --client-key rsa.key --replace -o json',
  'secret create-kafka-auth tls --client-cert rsa.pem --client-key rsa.key --convert-key --replace -o yaml',
  'secret create-kafka-auth tls --client-cert user.key --client-key user.pem --replace',
  'secret create-kafka-auth bad --mechanism PLAIN --user u --password-file quoted.txt',
  'secret create-kafka-auth bad --mechanism PLAIN --user u --password-file lines.txt -o json',
  `secret create-kafka-auth bad --mechanism PLAIN --user u --password ${PASSWORD}`,
  `secret create-kafka-auth bad --mechanism PLAIN --user u --password=${PASSWORD}`,
  `secret create-kafka-auth bad --mechanism PLAIN --user u --password-stdin ${PASSWORD}`,
  `secret create-kafka-auth auth ${SASL} -n nowhere`,
  'secret create-postgres-auth pg --user u --password-stdin',
  'secret create-postgres-auth pg --user u --password-file other.txt',
  'secret create-postgres-auth pg --user u --password-file other.txt --replace --diff -o yaml',
  'secret list -A',
  'secret list -A -o yaml',
  'secret list -n knative-eventing -o json',
  'secret list -A -o jsonpath={..}',
  'secret describe auth tls -n knative-eventing',
  'secret describe auth tls -n knative-eventing -o yaml',
  'secret describe auth -n knative-eventing -o json',
  'secret describe auth -n knative-eventing -o jsonpath={.data}',
  'secret describe nothing -n knative-eventing',
  'kafka config describe kafka-broker-config -n knative-eventing',
  'broker create orders --class Kafka --dry-run=server',
]

/** What came out is not empty by mistake: with this flag the values are there. */
const REVEALING = `secret create-kafka-auth auth ${SASL} --dry-run=client -o yaml --show-secrets`

describe('no value of a Secret is ever seen', () => {
  test('on the streams of any command, whatever its output and its end', async () => {
    const sandbox = aSandbox()
    for (const line of lines) expectSilence(await run(line, {sandbox, files: credentials.files}), line)
    expect((await run(REVEALING, {sandbox, files: credentials.files})).out).toContain(
      Buffer.from(PASSWORD).toString('base64'),
    )
  })

  test('when the password is typed at a terminal and refused', async () => {
    const line = 'secret create-kafka-auth auth --mechanism PLAIN --user orders'
    const typed = [`${PASSWORD}"`, PASSWORD, OTHER_PASSWORD, PASSWORD]
    expectSilence(await run(line, {typed, files: credentials.files}), line)
  })

  test.each(['-v 9', '-v 9 -o json', '-v 8 --diff --dry-run=server'])(
    'in the log of requests, over HTTP: %s',
    async (flags) => {
      const sandbox = aSandbox()
      const {world, log} = await overHttp(sandbox)
      let logged = ''
      for (const line of lines.filter((one) => !/ -o |--diff|--dry-run/.test(one))) {
        const ran = await run(
          `${line} ${/^secret (list|describe)/.test(line) ? flags.replace(/ --diff.*/, '') : flags}`,
          {
            sandbox,
            files: credentials.files,
            world,
          },
        )
        const text = log.splice(0).join('\n')
        expectSilence({...ran, err: `${ran.err}${text}`}, `${line} ${flags}`)
        logged += text
      }
      expect(logged).toContain('Request Body')
      expect(logged).toContain('"password":"<masked>"')
    },
  )

  const broken: ReadonlyArray<readonly [string, (client: KubeClient) => KubeClient, string]> = [
    [
      'refused by the server',
      (client) => ({...client, create: fail('Invalid', 422)}),
      `secret create-kafka-auth new ${SASL}`,
    ],
    [
      'forbidden',
      (client) => ({...client, create: fail('Forbidden', 403)}),
      `secret create-kafka-auth new ${SASL} -o json`,
    ],
    [
      'a broken connection',
      (client) => ({...client, create: fail('ConnectionReset', 0)}),
      `secret create-kafka-auth new ${SASL} -v 6`,
    ],
    [
      'changed meanwhile by someone else',
      (client) => ({
        ...client,
        async patch(ref, patch, options) {
          await client.patch(ref, {data: {password: Buffer.from(`${OTHER_PASSWORD}-2`).toString('base64')}})
          return client.patch(ref, patch, options)
        },
      }),
      `secret create-kafka-auth auth ${SASL} --replace`,
    ],
    [
      'a failure half-way',
      (client) => ({...client, patch: fail('Forbidden', 403)}),
      `secret create-kafka-auth new ${SASL} --attach`,
    ],
    [
      'a bug of our own',
      (client) => ({
        ...client,
        create: (object) => Promise.reject(new Error(`cannot handle ${String(Object.keys(object))}`)),
      }),
      `secret create-kafka-auth new ${SASL} -v 9`,
    ],
  ]
  test.each(broken)('in an error: %s', async (_case, breaks, line) => {
    const sandbox = aSandbox()
    await run(`secret create-kafka-auth auth ${OTHER}`, {sandbox, files: credentials.files})
    const ran = await run(line, {sandbox, files: credentials.files, client: breaks(sandbox.client())})
    expect(ran.code).not.toBe(0)
    expectSilence(ran, line)
  })
})

/** Fails as the server would, with a message that does not know the values. */
const fail = (reason: string, code: number) => (): Promise<never> =>
  Promise.reject(
    new KubeError(reason, `the server said ${reason}`, {code, request: {verb: 'create', resource: 'secrets'}}),
  )

const closing: Array<() => Promise<void> | void> = []
afterAll(async () => {
  for (const close of closing) await close()
})

/** The program talks to the sandbox through its HTTPS door, and logs as it would. */
const overHttp = async (sandbox: Sandbox): Promise<{world: RuntimeOverrides; log: string[]}> => {
  const log: string[] = []
  const door = await startServer(sandbox, {port: 0})
  closing.push(() => door.close())
  const kubeconfig = join(temporaryFolder(), 'kubeconfig')
  await writeFile(kubeconfig, door.kubeconfig)
  return {
    log,
    world: {
      async connect(options): Promise<Cluster> {
        const {client, namespace, server, close} = await connect({
          ...options,
          kubeconfig,
          env: {},
          version: '0',
          warn: (text) => void log.push(text),
          log: (line) => void log.push(line),
        })
        const {signal} = new AbortController()
        return {
          client,
          namespace,
          server,
          carryOut: (plan, rest) => executePlan(client, plan, {...rest, signal}),
          waitFor: (ref, judge, rest) => waitFor(client, ref, judge, {...rest, signal}),
          close,
        }
      },
    },
  }
}
