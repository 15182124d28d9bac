import {writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {describe, expect, test} from 'vitest'
import {faultServer, kubeconfigOf, temporaryFolder, type KubeconfigParts} from '../support/connection.js'
import {events, json, status, text, type Step} from '../support/fault-server.js'
import {brokerList, brokerObject} from '../support/objects.js'
import {runWhole, type WholeOptions} from '../support/whole.js'

/** A title for the window, a cleared screen, a colour in C1, overridden direction, line ends of all kinds, and the marks to find it by. */
const NASTY =
  'be\u001b]0;owned\u0007\u001b[2J\u009b31m\u202e\u2066\u0085\u0008\rerror: forged\r\nhint: forged\u007f\u0000end'

/** What may not reach a terminal: all control characters but line feed and tab. */
const OBEYED = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\u2028\u2029]/

interface Case {
  argv: readonly string[]
  steps?: readonly Step[]
  kubeconfig?: Partial<KubeconfigParts>
  /** Changes the text of the kubeconfig. */
  edit?(config: string): string
  options?: WholeOptions
  /** What is printed is the value itself, lines and all. */
  forged?: boolean
}

const raw =
  (bytes: string): Step =>
  (_request, response) => {
    response.socket?.end(Buffer.from(bytes, 'latin1'))
  }

const list = ['broker', 'list']
const conditions = (message: string) => [{type: 'Ready', status: 'False', reason: message, message}]
const nastyBroker = (name = 'orders') => ({
  ...brokerObject(name),
  metadata: {...brokerObject(name).metadata, annotations: {[NASTY]: NASTY, 'eventing.knative.dev/broker.class': NASTY}},
  spec: {config: {kind: NASTY, name: NASTY}},
  status: {conditions: conditions(NASTY), address: {url: `http://${NASTY}`}, annotations: {[NASTY]: NASTY}},
})
const header = (name: string, value: string, code = '200 OK'): Step =>
  raw(`HTTP/1.1 ${code}\r\n${name}: ${value}\r\nContent-Length: 0\r\n\r\n`)

const cases: Readonly<Record<string, Case>> = {
  'the message, reason and causes of a Status': {
    argv: list,
    steps: [status(403, NASTY, NASTY, {details: {causes: [{field: NASTY, message: NASTY, reason: NASTY}]}})],
  },
  'the same under -o json': {argv: [...list, '-o', 'json'], steps: [status(422, 'Invalid', NASTY)]},
  'the title of a web page': {argv: list, steps: [text(`<html><title>${NASTY}</title>`, 200)]},
  'a body that is no JSON': {argv: list, steps: [text(NASTY, 200)]},
  'where a redirection leads': {argv: list, steps: [header('Location', 'https://a/\x9b2J\x85', '302 Found')]},
  'a Warning': {
    argv: list,
    steps: [
      raw('HTTP/1.1 200 OK\r\nWarning: 299 - "a\x9b2Jb\x85c"\r\nContent-Length: 2\r\n\r\n{}'),
      json(brokerList([])),
    ],
  },
  'headers and bodies at -v 9': {
    argv: [...list, '-v', '9'],
    steps: [raw(`HTTP/1.1 200 OK\r\nX-Note: a\x9b2Jb\r\nContent-Length: 3\r\n\r\n\x1b[m`)],
  },
  'conditions and annotations in a table': {argv: [...list, '-o', 'wide'], steps: [json(brokerList([nastyBroker()]))]},
  'custom columns': {
    argv: [...list, '-o', `custom-columns=${NASTY.replaceAll(/[,:]/g, '')}:.metadata.annotations`],
    steps: [json(brokerList([nastyBroker()]))],
  },
  'objects as JSON': {argv: [...list, '-o', 'json'], steps: [json(brokerList([nastyBroker()]))]},
  'objects as YAML': {argv: [...list, '-o', 'yaml'], steps: [json(brokerList([nastyBroker()]))]},
  'a path at a terminal': {
    forged: true,
    argv: ['broker', 'list', '-o', 'jsonpath={.items[*].metadata.annotations}{.items[*].status.conditions[*].message}'],
    steps: [json(brokerList([nastyBroker()]))],
    options: {terminal: true, env: {NO_COLOR: '1'}},
  },
  'what is waited for': {
    argv: ['broker', 'wait', 'orders', '--timeout', '200ms'],
    steps: [json(brokerList([nastyBroker()])), events([{type: 'MODIFIED', object: nastyBroker()}], 'stay')],
  },
  'names of objects that are listed': {argv: [...list, '-o', 'name'], steps: [json(brokerList([nastyBroker(NASTY)]))]},
  'names that are near to a missing one': {
    argv: ['broker', 'describe', 'order'],
    steps: Array.from(
      {length: 12},
      () => (request, response) =>
        request.url.includes('/order')
          ? status(404, 'NotFound', NASTY)(request, response)
          : json(brokerList([nastyBroker('order\u001b[2J')]))(request, response),
    ),
  },
  'names of contexts': {argv: [...list, '--context', NASTY]},
  'names of contexts that are near': {
    argv: [...list, '--context', 'tes'],
    edit: (config) => config.replaceAll('"test"', JSON.stringify('te\u001bs')),
  },
  'a context, cluster and user that are missing': {
    argv: list,
    edit: (config) => config.replace('"cluster":"test"', `"cluster":${JSON.stringify(NASTY)}`),
  },
  'the address of a server': {argv: list, kubeconfig: {server: `https://${NASTY}`}},
  'what a proxy says': {argv: list, kubeconfig: {cluster: {'proxy-url': 'http://u:pw@\u001b[2J:1'}}},
  'unknown words, flags and values': {argv: [NASTY, NASTY]},
  'unknown flags': {argv: [...list, `--${NASTY}`]},
  'values that are refused': {argv: [...list, '-o', NASTY]},
  'names that are refused': {argv: ['broker', 'create', NASTY]},
  'files that do not exist': {argv: ['broker', 'apply', 'a', '--kubeconfig', NASTY]},
  'names of files': {argv: ['check', '-f', `/nowhere/${NASTY}`]},
}

describe('no control character of others reaches a terminal', () => {
  test.each(Object.entries(cases))(
    '%s',
    async (_what, {argv, steps = [], kubeconfig = {}, edit, options, forged = false}) => {
      const server = await faultServer({plain: true})
      server.script(...steps)
      const path = join(temporaryFolder(), 'config')
      const config = kubeconfigOf({server: server.url, ...kubeconfig})
      writeFileSync(path, edit === undefined ? config : edit(config))
      const {out, err} = await runWhole(argv, {...options, env: {KUBECONFIG: path, ...options?.env}})
      expect(out + err).not.toBe('')
      expect(OBEYED.exec(out)?.[0], JSON.stringify(out)).toBeUndefined()
      expect(OBEYED.exec(err)?.[0], JSON.stringify(err)).toBeUndefined()
      // A line of ours begins at the left.
      if (!forged) expect(`${out}\n${err}`).not.toMatch(/^(?:error|hint): forged/m)
    },
  )

  test('what a proxy answers', async () => {
    const proxy = await faultServer({plain: true})
    const net = await import('node:net')
    const server = net.createServer((socket) => {
      socket.on('error', () => {})
      socket.once('data', () => socket.end(Buffer.from('HTTP/1.1 502 \x9b2J\x85bad\r\n\r\n', 'latin1')))
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const address = server.address()
    const port = typeof address === 'object' && address !== null ? address.port : 0
    const path = join(temporaryFolder(), 'config')
    writeFileSync(
      path,
      kubeconfigOf({server: 'https://elsewhere.example', cluster: {'proxy-url': `http://127.0.0.1:${port}`}}),
    )
    const {err} = await runWhole(list, {env: {KUBECONFIG: path}})
    server.close()
    expect(err).toContain('answered 502')
    expect(OBEYED.test(err)).toBe(false)
    expect(proxy.received).toEqual([])
  })

  test('a path in a pipe gets exactly what is there', async () => {
    const server = await faultServer({plain: true})
    server.script(json({...nastyBroker(), metadata: {...nastyBroker().metadata, annotations: {a: NASTY}}}))
    const path = join(temporaryFolder(), 'config')
    writeFileSync(path, kubeconfigOf({server: server.url}))
    const {out} = await runWhole(['broker', 'describe', 'orders', '-o', 'jsonpath={.metadata.annotations.a}'], {
      env: {KUBECONFIG: path},
    })
    expect(out).toBe(NASTY)
  })

  test('colours are ours alone', async () => {
    const server = await faultServer({plain: true})
    server.script(status(422, 'Invalid', `${NASTY}\u001b[35m`))
    const path = join(temporaryFolder(), 'config')
    writeFileSync(path, kubeconfigOf({server: server.url}))
    const {err} = await runWhole([...list, '--color', 'always'], {env: {KUBECONFIG: path}})
    expect(err.startsWith('\u001b[31merror:\u001b[39m be^[]0;owned')).toBe(true)
    expect(OBEYED.test(err.replaceAll(/\u001b\[3[16]m|\u001b\[39m/g, ''))).toBe(false)
    expect(err).not.toContain('\u001b[35m')
  })
})
