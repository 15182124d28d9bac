import {listAt, recordAt, textAt} from '../../domain/core/read.js'
import {type LogOptions} from '../../kube/client.js'
import {type Api} from './api.js'
import {badRequest} from './fault.js'
import {type Target, type User} from './request.js'

/** What a container of a pod wrote (kubernetes pkg/registry/core/pod/strategy.go LogLocation, and the kubelet's texts). */
export const podLog = (
  api: Api,
  target: Target,
  user: User,
  {tailLines, container}: Pick<LogOptions, 'tailLines' | 'container'>,
): string => {
  api.authorize({...target, subresource: 'log'}, 'get', user)
  const pod = api.existing(target)
  const {name, uid = ''} = pod.metadata
  const names = listAt(pod, 'spec', 'containers').map((one) => textAt(one, 'name') ?? '')
  if (container === undefined && names.length > 1)
    throw badRequest(`a container name must be specified for pod ${name}, choose one of: [${names.join(' ')}]`)
  const chosen = container ?? names[0] ?? ''
  if (!names.includes(chosen)) throw badRequest(`container ${chosen} is not valid for pod ${name}`)
  const state = listAt(pod, 'status', 'containerStatuses').find((one) => textAt(one, 'name') === chosen)
  const waiting = textAt(recordAt(state, 'state', 'waiting'), 'reason')
  const text = api.podLogs.get(uid)
  // A container in a crash loop has at least the log of its last run.
  if (waiting !== undefined && text === undefined)
    throw badRequest(`container "${chosen}" in pod "${name}" is waiting to start: ${waiting}`)
  if (text === undefined || tailLines === undefined) return text ?? ''
  const lines = text.split(/(?<=\n)/)
  return lines.slice(Math.max(0, lines.length - tailLines)).join('')
}
