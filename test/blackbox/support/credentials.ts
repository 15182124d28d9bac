import {readFile} from 'node:fs/promises'
import {parse} from 'yaml'
import {at, listAt, recordAt, textAt} from '../../../src/domain/core/read.js'

/** How one user proves who it is; the names of the fields are those of a kubeconfig's `user`. */
export type UserFields = Readonly<Record<string, unknown>>

/** A cluster and two people on it. */
export interface Access {
  server: string
  /** PEM. */
  authority: string
  /** May do everything. */
  admin: UserFields
  /** May do nothing. */
  alice: UserFields
}

export interface ContextFields {
  user: UserFields
  cluster: Readonly<Record<string, unknown>>
  namespace?: string
}

const base64 = (text: string): string => Buffer.from(text).toString('base64')

/** A kubeconfig (JSON is YAML) whose contexts bear the names given; the first one is current. */
export const kubeconfigOf = (contexts: Readonly<Record<string, ContextFields>>): string =>
  JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': Object.keys(contexts)[0],
    clusters: Object.entries(contexts).map(([name, {cluster}]) => ({name, cluster})),
    users: Object.entries(contexts).map(([name, {user}]) => ({name, user})),
    contexts: Object.entries(contexts).map(([name, {namespace}]) => ({
      name,
      context: {cluster: name, user: name, ...(namespace === undefined ? {} : {namespace})},
    })),
  })

/** The cluster part of a context. */
export const clusterOf = ({server, authority}: Pick<Access, 'server' | 'authority'>): Record<string, unknown> => ({
  server,
  'certificate-authority-data': base64(authority),
})

/** The contexts that every scenario has: `admin`, `alice` (no rights) and `stranger` (nobody knows the token). */
export const kubeconfigFor = (access: Access, namespace: string): string => {
  const cluster = clusterOf(access)
  return kubeconfigOf({
    admin: {cluster, user: access.admin, namespace},
    alice: {cluster, user: access.alice, namespace},
    stranger: {cluster, user: {token: 'nobody-knows-this-token'}, namespace},
  })
}

/** Reads the contexts `admin` and `alice` of a kubeconfig whose certificates are embedded. */
export const readAccess = async (path: string): Promise<Access> => {
  const config: unknown = parse(await readFile(path, 'utf8'))
  const named = (list: string, name: string | undefined): unknown =>
    listAt(config, list).find((entry) => textAt(entry, 'name') === name)
  const context = (name: string): unknown => at(named('contexts', name), 'context')
  const cluster = at(named('clusters', textAt(context('admin'), 'cluster')), 'cluster')
  const server = textAt(cluster, 'server')
  const authority = textAt(cluster, 'certificate-authority-data')
  if (server === undefined || authority === undefined)
    throw new Error(`${path} needs a context "admin" with certificate-authority-data`)
  return {
    server,
    authority: Buffer.from(authority, 'base64').toString('utf8'),
    admin: recordAt(named('users', textAt(context('admin'), 'user')), 'user'),
    alice: recordAt(named('users', textAt(context('alice'), 'user')), 'user'),
  }
}
