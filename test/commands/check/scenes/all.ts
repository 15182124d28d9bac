import {createPrivateKey} from 'node:crypto'
import {newAuthority} from '../../../support/certificates.js'
import {brokerScenes} from './brokers.js'
import {channelScenes, sourceScenes} from './channels.js'
import {clusterScenes} from './cluster.js'
import {joinedScenes} from './joined.js'
import {certificateScenes, kafkaScenes, type Certificates} from './kafka.js'
import {manifestScenes} from './manifests.js'
import {platformScenes, serviceScenes} from './platforms.js'
import {type Scene} from './scene.js'
import {triggerScenes} from './triggers.js'

const from = new Date('2025-06-01T00:00:00Z')
const to = new Date('2027-06-01T00:00:00Z')

const issued = async (): Promise<Certificates> => {
  const valid = {notBefore: from, notAfter: to}
  const authority = await newAuthority('kafka-ca', valid)
  const old = await newAuthority('kafka-ca', {notBefore: from, notAfter: new Date('2026-02-01T00:00:00Z')})
  const late = await newAuthority('kafka-ca', {notBefore: from, notAfter: new Date('2026-03-11T00:00:00Z')})
  const early = await newAuthority('kafka-ca', {notBefore: new Date('2026-04-01T00:00:00Z'), notAfter: to})
  const client = await authority.issue({commonName: 'orders', ...valid})
  const other = await authority.issue({commonName: 'payments', ...valid})
  return {
    authority: authority.cert,
    expired: old.cert,
    expiring: late.cert,
    future: early.cert,
    client,
    other,
    oldKey: String(createPrivateKey(client.key).export({type: 'sec1', format: 'pem'})),
  }
}

/** Every scene there is, by what it is about. */
export const allScenes = async (): Promise<ReadonlyMap<string, readonly Scene[]>> =>
  new Map([
    ['cluster', clusterScenes],
    ['kafka', kafkaScenes],
    ['certificates', certificateScenes(await issued())],
    ['brokers', brokerScenes],
    ['triggers', triggerScenes],
    ['channels', channelScenes],
    ['sources', sourceScenes],
    ['platforms', platformScenes],
    ['services', serviceScenes],
    ['manifests', manifestScenes],
    ['causes', joinedScenes],
  ])
