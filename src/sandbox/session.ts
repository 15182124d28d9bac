import {mkdtemp, rm, writeFile} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {startServer} from './server/server.js'
import {type Layout} from './kinds/all.js'
import {createSandbox} from './sandbox.js'
import {fill, type Given, layoutOf} from './scenario.js'

/** A sandbox that other programs can reach. */
export interface Session {
  /** Path of a kubeconfig file that goes with the session. */
  kubeconfig: string
  url: string
  /** Kinds that the sandbox does not serve, in words. */
  passedOver: readonly string[]
  close(): Promise<void>
}

export interface SessionOptions {
  /** On 127.0.0.1; 0 (the default) takes a free one. */
  port?: number
  /** Default: whom the objects tell of, else `knative`. */
  layout?: Layout | undefined
}

/** Opens a sandbox behind its HTTPS door, with these objects in it; see `fill`. Rejects with what the API refused. */
export const openSession = async (
  given: readonly Given[] = [],
  {port = 0, layout = layoutOf(given) ?? 'knative'}: SessionOptions = {},
): Promise<Session> => {
  const sandbox = createSandbox({layout})
  const passedOver = await fill(sandbox, given)
  const door = await startServer(sandbox, {port})
  const folder = await mkdtemp(join(tmpdir(), 'kubectl-sfl-'))
  const kubeconfig = join(folder, 'kubeconfig')
  await writeFile(kubeconfig, door.kubeconfig, {mode: 0o600})
  return {
    kubeconfig,
    url: door.url,
    passedOver,
    async close() {
      await door.close()
      await rm(folder, {recursive: true, force: true})
    },
  }
}
