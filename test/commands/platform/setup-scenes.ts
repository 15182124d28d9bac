import type {KubeObject} from '../../../src/domain/core/object.js'
import {anEndpointSlice} from '../../support/endpoint-slice.js'
import {aSandbox} from '../../support/run.js'
import {aSession, type Session} from '../../support/session.js'

const named = (apiVersion: string, kind: string, name: string, rest: object = {}): KubeObject => ({
  apiVersion,
  kind,
  metadata: {name, namespace: 'demo'},
  ...rest,
})

const credentials = {POSTGRESQL_USER: 'eA==', POSTGRESQL_PASSWORD: 'eQ=='}

/** A cluster with a database, its Secret, and a broker in the namespace. */
export const aRichCluster = async (): Promise<Session> => {
  const uid = ({kind, metadata}: KubeObject): string =>
    [kind, metadata.namespace, metadata.name].join('-').toLowerCase()
  const session = aSession({sandbox: aSandbox({uid})})
  await session.given(
    named('v1', 'Service', 'postgres', {spec: {ports: [{port: 5432}]}}),
    anEndpointSlice('postgres', 'demo'),
    named('v1', 'Secret', 'postgres-auth', {type: 'Opaque', data: credentials}),
    named('v1', 'Secret', 'registry-login', {type: 'Opaque', data: {token: 'eA=='}}),
  )
  await session.prepare('kubectl sfl broker create default --class Kafka')
  return session
}
