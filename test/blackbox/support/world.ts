import {randomBytes} from 'node:crypto'
import {openDoor} from '../../../src/sandbox/door/door.js'
import {createSandbox} from '../../../src/sandbox/sandbox.js'
import {adminApi, type AdminApi} from './admin-api.js'
import {type Access, readAccess} from './credentials.js'
import {handPlayedOperator, installKnative} from './hand-played-operator.js'

const REAL = process.env['SFL_TEST_KUBECONFIG'] || undefined

/** Whether the suite runs against a real API server instead of the sandbox. */
export const onRealCluster = REAL !== undefined

/** The cluster of one test file: the sandbox in this process, or the one that $SFL_TEST_KUBECONFIG names. */
export interface World {
  access: Access
  api: AdminApi
  /** Makes a namespace that nobody else uses; always ten letters, so that tables keep their widths. */
  newNamespace(): Promise<string>
  /** Resolves when the controllers have nothing left to do in this namespace. */
  settle(namespace: string): Promise<void>
  close(): Promise<void>
}

export const openWorld = (): Promise<World> => (REAL === undefined ? sandboxWorld() : realWorld(REAL))

const makeNamespace = async (api: AdminApi): Promise<string> => {
  const letters = [...randomBytes(6)].map((byte) => String.fromCharCode(97 + (byte % 26))).join('')
  const name = `box-${letters}`
  await api.create({apiVersion: 'v1', kind: 'Namespace', metadata: {name}})
  return name
}

const sandboxWorld = async (): Promise<World> => {
  const sandbox = createSandbox()
  const door = await openDoor(sandbox)
  const access: Access = {
    server: door.url,
    authority: door.authority,
    admin: {token: door.tokens.admin},
    alice: {token: door.tokens.alice},
  }
  const api = adminApi(access)
  return {
    access,
    api,
    newNamespace: () => makeNamespace(api),
    settle: () => sandbox.settle(),
    async close() {
      api.close()
      await door.close()
    },
  }
}

const realWorld = async (kubeconfig: string): Promise<World> => {
  const access = await readAccess(kubeconfig)
  const api = adminApi(access)
  await installKnative(api)
  const operator = handPlayedOperator(api)
  return {
    access,
    api,
    async newNamespace() {
      const namespace = await makeNamespace(api)
      operator.follow(namespace)
      return namespace
    },
    settle: (namespace) => operator.settle(namespace),
    close: async () => api.close(),
  }
}
