import {isIP} from 'node:net'
import {type KubeObject} from '../../domain/core/object.js'
import {textAt} from '../../domain/core/read.js'
import {type Api} from './api.js'
import {badRequest} from './fault.js'
import {type Target, type User} from './request.js'

/**
 * The annotation of a stand-in pod with what really listens on its ports: `9092=127.0.0.1:19092`, several of them with
 * commas. Nothing but this machine can be named.
 */
export const FORWARD = 'sandbox.sfl/forward'

/** Where the bytes of a pod's port go. */
export interface PodPort {
  pod: KubeObject
  port: number
  /** Left out: nothing listens. */
  listens?: {host: string; port: number}
}

/** The port of a pod that a user may reach (kubernetes pkg/registry/core/pod: rest/subresources.go, strategy.go). */
export const podPort = (api: Api, target: Target, user: User, port: number): PodPort => {
  const part: Target = {...target, subresource: 'portforward'}
  // The GET that begins a WebSocket, and the right that it stands for.
  api.authorize(part, 'get', user)
  api.authorize(part, 'create', user)
  const pod = api.existing(target)
  if (!(port >= 1 && port <= 65_535)) throw badRequest(`unable to parse "${port}" as a port`)
  const found = (pod.metadata.annotations?.[FORWARD] ?? '')
    .split(',')
    .map((entry) => /^\s*(\d+)=(.+):(\d+)\s*$/.exec(entry))
    .find((entry) => Number(entry?.[1]) === port)
  const [, , host = '', listening] = found ?? []
  const running = (textAt(pod, 'status', 'phase') ?? 'Running') === 'Running'
  if (!running || !isLoopback(host)) return {pod, port}
  return {pod, port, listens: {host, port: Number(listening)}}
}

const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'))

/** What the kubelet says when nothing in the pod takes the connection. */
export const refusedText = ({pod, port}: PodPort): string =>
  `error forwarding port ${port} to pod ${pod.metadata.name}, uid : failed to connect to localhost:${port} inside the pod: dial tcp4 127.0.0.1:${port}: connect: connection refused`
