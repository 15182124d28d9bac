import {describe, expect, test} from 'vitest'
import {aSession} from '../../support/session.js'
import {aRichCluster} from './setup-scenes.js'

/** What is typed on the rich cluster to choose what is there. */
const CHOSEN = ['', 'shop', '', '', '', '', 'postgres-auth', 'job', '', '2', 'exists', '', 'yes']

/** What is typed on the rich cluster to come by most of the questions. */
const everything = [
  ...[
    '',
    'shop',
    '',
    'in postgresql',
    '',
    '',
    ['a new one', 'new-auth'],
    '',
    '',
    'job',
    'only the services',
    '',
    '',
    '2',
  ],
  ...['new broker', 'events', 'its own', 'my-kafka:9093', '', '', 'client cert', '', '', 'user.crt', 'user.key', 'no'],
]

describe('platform setup', () => {
  test('on an empty cluster the defaults make a platform for development', async () => {
    const session = aSession()
    await session.type('kubectl sfl platform setup', {replies: ['', '', '', '', 'direct', '', 'yes']})
    await session.matches('setup-empty')
    expect(session.writes()).toEqual(['apply sonataflow.org/v1alpha08 SonataFlowPlatform demo/sonataflow-platform'])
  })

  test('on a rich cluster what was found is offered, and everything is made in its order', async () => {
    const session = await aRichCluster()
    await session.type('kubectl sfl platform setup', {replies: [...CHOSEN, 'yes']})
    await session.matches('setup-rich')
    expect(session.writes()).toEqual([
      'apply sonataflow.org/v1alpha08 SonataFlowPlatform demo/shop',
      'patch sonataflow.org/v1alpha08 SonataFlowPlatform demo/shop',
      'apply sonataflow.org/v1alpha08 SonataFlowClusterPlatform shop',
    ])
  })

  test('what is missing is made on the way: credentials, settings of Kafka, a broker', async () => {
    const session = await aRichCluster()
    const written = new Map<string, string>()
    const replies = [
      ...['demo', 'shop', 'all', 'in postgresql', '', 'flows', 'new', 'new-auth', 'flowuser', '', 'service', '', '1'],
      ...['new broker', 'events', 'its own', 'my-kafka:9093', '6', '1', '512', 'kafka-auth', 'events', '', '', 'no'],
      ...['s3cret-1', 's3cret-1', 's3cret-2', 's3cret-2', 'yes'],
    ]
    await session.type(
      'kubectl sfl platform setup --save-runbook out/setup.sh --save-answers out/a.yaml --save-manifests out/m',
      {replies, written},
    )
    await session.matches('setup-everything', (text) =>
      [text, ...[...written].map(([path, content]) => `--- ${path}\n${content}`)].join('\n'),
    )
    expect([...written.values()].join('')).not.toContain('s3cret')
  })

  test('going back changes an answer, and asks again only what looks different because of it', async () => {
    const session = await aRichCluster()
    await session.type('kubectl sfl platform setup', {
      replies: [
        ...['', 'shop', '', 'in postgresql'],
        // From the Service of the database back to the services, and on with Data Index alone.
        ...['<', '<', 'Data Index only'],
        ...['', '', 'postgres-auth', '', 'only the services', 'data', '1', 'exists', ''],
        // From the cluster back to the broker, and to another way.
        ...['<', '<', 'direct', 'no', 'no'],
      ],
    })
    await session.matches('setup-back')
    expect(session.writes()).toEqual([])
  })

  test('at the end an answer can be changed; what does not depend on it is not asked again', async () => {
    const session = await aRichCluster()
    const written = new Map<string, string>()
    await session.type('kubectl sfl platform setup --save-answers a.yaml', {
      written,
      replies: [
        ...[...CHOSEN, 'change', 'platform: shop', 'store'],
        ...['change', 'keep their data', 'nowhere'],
        ...['change', '<', '?', 'yes'],
      ],
    })
    await session.matches('setup-change', (text) => `${text}--- a.yaml\n${written.get('a.yaml') ?? ''}`)
    expect(session.writes()).toEqual([
      'apply sonataflow.org/v1alpha08 SonataFlowPlatform demo/store',
      'apply sonataflow.org/v1alpha08 SonataFlowClusterPlatform store',
    ])
  })

  test('another namespace can be made; what may not be there is explained where it is typed', async () => {
    const session = await aRichCluster()
    const written = new Map<string, string>()
    await session.type('kubectl sfl platform setup --save-runbook setup.sh --save-manifests m', {
      written,
      files: {'empty.txt': '\n', 'pg.txt': 's3cret-1\n'},
      replies: [
        ...['a new one', 'Flows', 'flowz', '<', 'a new one', 'flows', 'yes'],
        ...['a_b', 'shop', '', 'in postgresql', 'another', 'postgres.demo:543210', 'postgres.demo'],
        ...['', 'new-auth', '', 'in a file', 'lost.txt', '', 'empty.txt', '', 'pg.txt', 'job', ''],
        ...['', 'shop-data-index-service', '', '0', 'two', '2', 'direct', 'no', 'yes'],
      ],
    })
    await session.matches('setup-namespace', (text) =>
      [text, ...[...written].map(([path, content]) => `--- ${path}\n${content}`)].join('\n'),
    )
    expect(session.writes()[0]).toBe('create v1 Namespace flows')
  })

  test('each service can have a database of its own; what is wrong is explained where it is answered', async () => {
    const session = await aRichCluster()
    await session.type('kubectl sfl platform setup', {
      files: {'jobs.txt': 's3cret-3'},
      replies: [
        ...[
          '',
          'shop',
          '',
          'in postgresql',
          '',
          'queries',
          'registry-login',
          'postgres-auth',
          'job',
          'only data index',
        ],
        ...['another', 'pg:5433', '', 'postgres', 'a/b', 'jobs', 'a new one', 'jobs-auth', 'jobs'],
        ...['in a file', 'jobs.txt', '', 'timers', '', 'direct', 'no', 'no'],
      ],
    })
    await session.matches('setup-two-databases')
    expect(session.writes()).toEqual([])
  })

  test('what only the plan shows to be wrong can be repaired by another answer, and not be carried out before', async () => {
    const session = await aRichCluster()
    await session.type('kubectl sfl platform setup', {
      replies: [
        ...['', 'shop', '', 'nowhere', 'new broker', 'events', 'its own', 'my-kafka:9093', '', ''],
        ...['a secret that exists', 'registry-login', 'no', 'change', 'log in', 'not at all', 'no'],
      ],
    })
    await session.matches('setup-repaired')
    expect(session.writes()).toEqual([])
  })

  test('every question tells more', async () => {
    const session = await aRichCluster()
    const {err} = await session.type('kubectl sfl platform setup', {
      files: {'user.crt': 'PEM', 'user.key': 'PEM'},
      replies: [...everything.flatMap((reply) => ['?', ...[reply].flat()]), '^C'],
    })
    expect(err.match(/^> (\?|\? tell me more)$/gm)).toHaveLength(everything.length)
    await session.matches('setup-help')
  })

  test.each([
    ['what is there', CHOSEN],
    ['new things of every sort', everything],
    ['a new namespace', ['a new one', 'flows', 'yes', 'shop', '', 'nowhere', 'direct', 'yes']],
  ])('Ctrl-C at any question about %s leaves nothing done', async (_, replies) => {
    const session = await aRichCluster()
    for (let length = 0; length <= replies.length; length += 1) {
      const {code, err} = await session.type('kubectl sfl platform setup', {
        files: {'user.crt': 'PEM', 'user.key': 'PEM'},
        replies: [...replies.slice(0, length).flat(), '^C'],
      })
      expect(code, err).toBe(130)
      expect(err).toMatch(/error: cancelled, nothing was changed\n$/)
    }
    expect(session.writes()).toEqual([])
  })
})
