import {beforeAll, describe, expect, test} from 'vitest'
import {textsAt} from '../../src/domain/core/read.js'
import {hiddenTexts, keyFiles, OTHER_PASSWORD, PASSWORD, withKeyFiles} from './support/key-files.js'
import {aKafkaBroker, aKafkaConfig} from './support/objects.js'
import {hasKubectl, hasScript, type Stage, theatre} from './support/stage.js'
import {atTerminal} from './support/terminal.js'

const {stage} = theatre()

let files: Readonly<Record<string, string>> = {}
beforeAll(async () => {
  files = await keyFiles()
})

const openStage = async (): Promise<Stage> => {
  const scene = await stage()
  await withKeyFiles(scene, files)
  return scene
}

/** What is stored, decoded. */
const stored = async ({api, namespace}: Stage, name: string): Promise<Record<string, string>> => {
  const data = textsAt(await api.get({apiVersion: 'v1', kind: 'Secret', namespace, name}), 'data')
  return Object.fromEntries(
    Object.entries(data).map(([key, value]) => [key, Buffer.from(value, 'base64').toString('utf8')]),
  )
}

const SASL = '--mechanism SCRAM-SHA-512 --user orders --ca-cert ca.pem'

test('a login with a password from a file is written once; another one from a pipe needs --replace, and only its keys are named', async () => {
  const scene = await openStage()
  const create = `kubectl sfl secret create-kafka-auth sales -n ${scene.namespace} ${SASL}`
  await scene.sh(`${create} --password-file pw.txt --dry-run=client -o yaml`)
  await scene.sh(`${create} --password-file pw.txt`)
  await scene.sh(`${create} --password-file pw.txt`)
  await scene.sh(`cat other.txt | ${create} --password-stdin`)
  await scene.sh(`${create} --password-stdin --replace --diff --dry-run=server < other.txt`)
  await scene.sh(`cat other.txt | ${create} --password-stdin --replace`)
  await scene.sh(`${create} --password-stdin --replace -o json < pw.txt`)
  await scene.matches('secret-sasl')
  expect(await stored(scene, 'sales')).toEqual({
    protocol: 'SASL_SSL',
    'sasl.mechanism': 'SCRAM-SHA-512',
    user: 'orders',
    password: PASSWORD,
    'ca.crt': files['ca.pem'],
  })
})

test('certificates and keys are looked at before anything is written, and a key is converted on request', async () => {
  const scene = await openStage()
  const create = `kubectl sfl secret create-kafka-auth client -n ${scene.namespace} --ca-cert ca.pem`
  await scene.sh(`${create} --client-cert user.pem --client-key rsa.key`)
  await scene.sh(`${create} --client-cert user.pem --client-key sec1.key`)
  await scene.sh(`${create} --client-cert old.pem --client-key old.key`)
  await scene.sh(`${create} --client-cert user.pem --client-key nowhere.key`)
  expect(await stored(scene, 'client')).toEqual({})
  await scene.sh(`${create} --client-cert soon.pem --client-key soon.key`)
  await scene.sh(`${create} --client-cert rsa.pem --client-key rsa.key --convert-key --replace`)
  await scene.sh(`kubectl sfl secret describe client -n ${scene.namespace}`)
  await scene.matches('secret-tls')
  const {'user.key': key = '', ...rest} = await stored(scene, 'client')
  expect(rest).toEqual({protocol: 'SSL', 'ca.crt': files['ca.pem'], 'user.crt': files['rsa.pem']})
  expect(key).toMatch(/^-----BEGIN PRIVATE KEY-----\n/)
})

test('what is missing or contradicts itself is said at once, and nobody waits for an answer without a terminal', async () => {
  const scene = await openStage()
  await scene.sh('kubectl sfl secret create-kafka-auth')
  await scene.sh('kubectl sfl secret create-kafka-auth sales')
  await scene.sh('kubectl sfl secret create-kafka-auth sales --mechanism PLAIN --user orders')
  await scene.sh('kubectl sfl secret create-kafka-auth sales --mechanism PLAIN --user orders --password-stdin')
  await scene.sh('kubectl sfl secret create-kafka-auth sales --mechanism PLAIN --user orders --password secret')
  await scene.sh('kubectl sfl secret create-postgres-auth db --password-file nowhere.txt')
  await scene.sh('kubectl sfl secret describe')
  await scene.matches('secret-usage')
})

test('a login for PostgreSQL, with the keys of a chart too', async () => {
  const scene = await openStage()
  await scene.sh('kubectl sfl secret create-postgres-auth db --user flows --password-stdin', {input: files['pw.txt']!})
  await scene.sh('kubectl sfl secret create-postgres-auth db --user flows --password-file pw.txt')
  await scene.sh('kubectl sfl secret create-postgres-auth db --user flows --password-file other.txt')
  await scene.sh('kubectl sfl secret create-postgres-auth db --user flows --password-file other.txt --replace --diff')
  await scene.sh(
    'kubectl sfl secret create-postgres-auth chart --user flows --password-file pw.txt --user-key username --password-key password',
  )
  await scene.sh('kubectl sfl secret describe db')
  await scene.matches('secret-postgres')
  expect([await stored(scene, 'db'), await stored(scene, 'chart')]).toEqual([
    {POSTGRESQL_USER: 'flows', POSTGRESQL_PASSWORD: PASSWORD},
    {username: 'flows', password: PASSWORD},
  ])
})

test('list and describe say who uses which Secret, what is wrong with it, and never a value', async () => {
  const scene = await openStage()
  const {namespace} = scene
  const config = {apiVersion: 'v1', kind: 'ConfigMap', name: 'mine', namespace}
  await scene.prepare(`kubectl sfl secret create-kafka-auth good -n ${namespace} ${SASL} --password-file pw.txt`)
  await scene.prepare(
    `kubectl sfl secret create-kafka-auth soon -n ${namespace} --ca-cert ca.pem --client-cert soon.pem --client-key soon.key`,
  )
  await scene.given(
    {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: {name: 'old-format', namespace},
      stringData: {'tls.enabled': 'true', saslType: 'PLAIN', user: 'u', password: PASSWORD},
    },
    {apiVersion: 'v1', kind: 'Secret', metadata: {name: 'unrelated', namespace}, stringData: {token: PASSWORD}},
    aKafkaConfig(scene, 'mine', {'auth.secret.ref.name': 'good'}),
    aKafkaConfig(scene, 'theirs', {'auth.secret.ref.name': 'gone'}),
    aKafkaBroker(scene, 'orders', {spec: {config}}),
    aKafkaBroker(scene, 'payments', {spec: {config: {...config, name: 'theirs'}}}),
  )
  await scene.sh('kubectl sfl secret list')
  await scene.sh('kubectl sfl secret list -o name')
  await scene.sh(
    'kubectl sfl secret list -o custom-columns=NAME:.metadata.name,STATE:.view.state,VERDICT:.view.verdict --sort-by .view.verdict',
  )
  await scene.sh('kubectl sfl secret describe good old-format')
  await scene.sh('kubectl sfl secret describe unrelated')
  await scene.sh('kubectl sfl secret describe goood')
  await scene.sh('kubectl sfl secret list --context alice')
  await scene.matches('secret-list')
})

test('no output, log or error of any of these commands has a value in it', async () => {
  const scene = await openStage()
  const auth = `secret create-kafka-auth auth -n ${scene.namespace}`
  const sasl = `${auth} --mechanism PLAIN --user orders --password-file`
  const tls = `secret create-kafka-auth tls -n ${scene.namespace} --ca-cert ca.pem --client-cert user.pem`
  const lines = [
    `${sasl} pw.txt`,
    `${sasl} pw.txt -o json`,
    `${sasl} other.txt`,
    `${sasl} other.txt --replace --diff --dry-run=server`,
    `${sasl} other.txt --replace -o yaml --show-managed-fields`,
    `${auth} --mechanism PLAIN --user orders --password=${PASSWORD}`,
    `${tls} --client-key user.key`,
    `${tls} --client-key rsa.key --replace`,
    `${tls} --client-key sec1.key --convert-key -o json`,
    'secret create-postgres-auth pg --user u --password-file pw.txt',
    'secret create-postgres-auth pg --user u --password-file other.txt --replace --diff',
    'secret list -o yaml',
    'secret describe auth tls pg',
    'secret describe auth tls pg -o json',
  ]
  const hidden = hiddenTexts(files)
  const told: string[] = []
  let requests = 0
  for (const line of lines) {
    const {out, err} = await scene.start(`kubectl sfl ${line} -v 9`).ended
    if (hidden.some((text) => out.includes(text) || err.includes(text))) told.push(line)
    requests += err.match(/"?(GET|POST|PATCH|PUT)"? /g)?.length ?? 0
  }
  expect(told).toEqual([])
  // The silence is not that of a log that was never written.
  expect(requests).toBeGreaterThan(lines.length)
  const shown = await scene.start(`kubectl sfl ${sasl} pw.txt --replace --dry-run=client -o yaml --show-secrets`).ended
  expect(hidden.some((text) => shown.out.includes(text))).toBe(true)
})

describe.skipIf(!hasScript)('at a terminal', () => {
  test('a password is asked for twice, and is not on the screen', async () => {
    const scene = await openStage()
    const {screen, raw, code} = await atTerminal(
      scene,
      `kubectl sfl secret create-kafka-auth sales -n ${scene.namespace} ${SASL}`,
      [
        {to: /Password of orders:/, keys: `${PASSWORD}\r`},
        {to: /The same again:/, keys: `${PASSWORD}\r`},
      ],
    )
    expect({code, shown: raw.includes(PASSWORD)}).toEqual({code: 0, shown: false})
    expect(screen).toMatch(/secret\/sales created\n$/)
    expect((await stored(scene, 'sales'))['password']).toBe(PASSWORD)
  })

  test('a second password that differs is asked for again, and Ctrl-C writes nothing', async () => {
    const scene = await openStage()
    const {screen, raw, code} = await atTerminal(scene, 'kubectl sfl secret create-postgres-auth db --user flows', [
      {to: /Password of flows:/, keys: `${PASSWORD}\r`},
      {to: /The same again:/, keys: `${OTHER_PASSWORD}\r`},
      {to: /that was another one/, keys: '\u0003'},
    ])
    expect({code, shown: hiddenTexts(files).some((text) => raw.includes(text))}).toEqual({code: 130, shown: false})
    expect(screen).toMatch(/error: (cancelled, nothing was changed|interrupted)\n$/)
    expect(await stored(scene, 'db')).toEqual({})
  })
})

describe.skipIf(!hasKubectl)('with kubectl', () => {
  test('the manifest with its values goes through kubectl apply, and is then what the command would write', async () => {
    const scene = await openStage()
    const create = `kubectl sfl secret create-kafka-auth sales -n ${scene.namespace} ${SASL} --password-file pw.txt`
    await scene.sh(`${create} --dry-run=client -o yaml --show-secrets | kubectl apply -f -`)
    await scene.sh(create)
    await scene.matches('secret-kubectl')
    expect((await stored(scene, 'sales'))['password']).toBe(PASSWORD)
  })
})
