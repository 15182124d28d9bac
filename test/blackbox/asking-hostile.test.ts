import {afterAll, beforeAll, describe, expect, test} from 'vitest'
import {createSandbox} from '../../src/sandbox/sandbox.js'
import {startServer, type SandboxServer} from '../../src/sandbox/server/server.js'
import {CTRL_C, openScreen} from './support/screen.js'
import {hasScript, theatre} from './support/stage.js'

const {stage} = theatre()

/** Clears the screen, names the window, goes home, and overrides what comes. */
const NASTY = 'gone\u001b[2J\u001b]0;owned\u0007\u001b[H\u009b31m\u202ehijacked'

let server: SandboxServer | undefined
beforeAll(async () => {
  const sandbox = createSandbox()
  sandbox.load([
    {
      apiVersion: 'eventing.knative.dev/v1',
      kind: 'Broker',
      metadata: {name: 'orders', namespace: 'default', annotations: {'eventing.knative.dev/broker.class': 'Foreign'}},
      status: {conditions: [{type: 'Ready', status: 'False', reason: 'Nasty', message: NASTY}]},
    },
  ])
  server = await startServer(sandbox)
})
afterAll(() => server?.close())

describe.skipIf(!hasScript)('a question at a terminal', () => {
  test.each([false, true])('obeys nothing that stands in a status, coloured: %s', async (colour) => {
    const scene = await stage()
    const path = await scene.file('hostile-kubeconfig', server?.kubeconfig ?? '')
    const terminal = await openScreen(scene, 'kubectl sfl broker describe', {colour, env: {KUBECONFIG: path}})
    await terminal.until(/not ready/)
    const screen = terminal.screen()
    terminal.type(CTRL_C)
    expect(await terminal.ended).toBe(130)
    expect(screen).toContain('gone^[[2J^[]0;owned^G^[[H<U+009B>31m<U+202E>hijacked')
    expect(screen).toMatch(/Broker|orders/)
  })
})
