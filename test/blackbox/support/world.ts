import {randomBytes} from 'node:crypto'
import {startServer} from '../../../src/sandbox/server/server.js'
import {type Layout} from '../../../src/sandbox/kinds/all.js'
import {createSandbox} from '../../../src/sandbox/sandbox.js'
import {adminApi, type AdminApi} from './admin-api.js'
import {type Access, readAccess} from './credentials.js'
import {handPlayedInstallers} from './hand-played-installers.js'
import {handPlayedOperator} from './hand-played-operator.js'
import {installKnative, STAGE_PREFIX} from './installation.js'

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

export interface Setting {
  /** Who installed Knative. */
  layout: Layout
  /**
   * The scenario changes what belongs to the whole cluster: it gets the system namespace as it was shipped, and leaves
   * it so. Such scenarios are in `cluster-wide`, which runs alone on a real API server.
   */
  own: boolean
}

export const openWorld = (setting: Setting): Promise<World> =>
  REAL === undefined ? sandboxWorld(setting) : realWorld(REAL, setting)

const makeNamespace = async (api: AdminApi): Promise<string> => {
  const letters = [...randomBytes(6)].map((byte) => String.fromCharCode(97 + (byte % 26))).join('')
  const name = `${STAGE_PREFIX}${letters}`
  await api.create({apiVersion: 'v1', kind: 'Namespace', metadata: {name}})
  return name
}

const sandboxWorld = async ({layout}: Setting): Promise<World> => {
  const sandbox = createSandbox({layout})
  const door = await startServer(sandbox)
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

const realWorld = async (kubeconfig: string, {layout, own}: Setting): Promise<World> => {
  const access = await readAccess(kubeconfig)
  const api = adminApi(access)
  await installKnative(api, layout, own)
  const operator = handPlayedOperator(api)
  const installers = layout === 'knative' ? undefined : handPlayedInstallers(api, layout)
  return {
    access,
    api,
    async newNamespace() {
      const namespace = await makeNamespace(api)
      operator.follow(namespace)
      return namespace
    },
    async settle(namespace) {
      await installers?.settle()
      await operator.settle(namespace)
    },
    async close() {
      await installers?.close()
      if (own) await installKnative(api, 'knative', true)
      api.close()
    },
  }
}
