import {mkdtemp, rm, writeFile} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import type {Manifest} from '../domain/core/object.js'
import {isKubeError} from '../kube/errors.js'
import {startServer} from './server/server.js'
import {type Layout} from './kinds/all.js'
import {createSandbox} from './sandbox.js'

/** A sandbox that other programs can reach. */
export interface Session {
  /** Path of a kubeconfig file that goes with the session. */
  kubeconfig: string
  url: string
  close(): Promise<void>
}

export interface SessionOptions {
  /** On 127.0.0.1; 0 (the default) takes a free one. */
  port?: number
  layout?: Layout
}

/**
 * Opens a sandbox behind its HTTPS door, with these objects created as a user would create them; namespaces that they
 * name are created first. Rejects with what the API refused.
 */
export const openSession = async (
  manifests: readonly Manifest[] = [],
  {port = 0, layout = 'knative'}: SessionOptions = {},
): Promise<Session> => {
  const sandbox = createSandbox({layout})
  const client = sandbox.client()
  for (const manifest of manifests) {
    const {namespace} = manifest.metadata
    if (namespace !== undefined) await ensureNamespace(client, namespace)
    await client.create(manifest)
  }
  await sandbox.settle()
  const door = await startServer(sandbox, {port})
  const folder = await mkdtemp(join(tmpdir(), 'kubectl-sfl-'))
  const kubeconfig = join(folder, 'kubeconfig')
  await writeFile(kubeconfig, door.kubeconfig, {mode: 0o600})
  return {
    kubeconfig,
    url: door.url,
    async close() {
      await door.close()
      await rm(folder, {recursive: true, force: true})
    },
  }
}

const ensureNamespace = async (
  client: ReturnType<ReturnType<typeof createSandbox>['client']>,
  name: string,
): Promise<void> => {
  try {
    await client.create({apiVersion: 'v1', kind: 'Namespace', metadata: {name}})
  } catch (error) {
    if (!isKubeError(error, 'AlreadyExists')) throw error
  }
}
