import {recordAt, textAt} from '../../domain/core/read.js'
import {mayDo} from '../store/access.js'
import {type Api} from '../store/api.js'
import {type User} from '../store/request.js'

const everything = [{verbs: ['*'], apiGroups: ['*'], resources: ['*']}]
const asking = {
  verbs: ['create'],
  apiGroups: ['authorization.k8s.io'],
  resources: ['selfsubjectaccessreviews', 'selfsubjectrulesreviews'],
}
const reading = {
  verbs: ['get'],
  nonResourceURLs: ['/api', '/api/*', '/apis', '/apis/*', '/healthz', '/livez', '/readyz', '/version'],
}

const maskOf = (user: User): boolean => user.groups.includes('system:masters')

/** Answers the kinds that only ask: access, rules, and who one is. */
export const review = (api: Api, plural: string, body: unknown, user: User): unknown => {
  const spec = recordAt(body, 'spec')
  const envelope = {
    apiVersion: textAt(body, 'apiVersion'),
    kind: textAt(body, 'kind'),
    metadata: {creationTimestamp: null},
  }
  switch (plural) {
    case 'selfsubjectaccessreviews': {
      const asked = recordAt(spec, 'resourceAttributes')
      const text = (field: string) => textAt(asked, field) ?? ''
      const optional = (field: 'namespace' | 'name' | 'subresource') =>
        text(field) === '' ? {} : {[field]: text(field)}
      const allowed =
        'nonResourceAttributes' in spec
          ? maskOf(user) || textAt(spec, 'nonResourceAttributes', 'verb') === 'get'
          : mayDo(api.options.access, user, {
              verb: text('verb'),
              group: text('group'),
              resource: text('resource'),
              ...optional('namespace'),
              ...optional('name'),
              ...optional('subresource'),
            })
      return {...envelope, spec, status: {allowed}}
    }
    case 'selfsubjectrulesreviews':
      return {
        ...envelope,
        spec: {},
        status: {
          resourceRules: [asking, ...(maskOf(user) ? everything : [])],
          nonResourceRules: [reading, ...(maskOf(user) ? [{verbs: ['*'], nonResourceURLs: ['*']}] : [])],
          incomplete: false,
        },
      }
    default:
      return {...envelope, status: {userInfo: {username: user.name, groups: user.groups}}}
  }
}
