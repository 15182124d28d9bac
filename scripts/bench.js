// Prints how long this program takes as ratios to its peers, from one run against one server.
//
//   npm run bench                       against a server of our own making (the sandbox)
//   KUBECONFIG=… npm run bench -- --cluster    against the cluster of that kubeconfig (creates and deletes two namespaces)
//
// This machine's executable is measured as well, if `npm run package -- --only host` has made it.
import {spawn, spawnSync} from 'node:child_process'
import {existsSync} from 'node:fs'
import {fileURLToPath} from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const standalone = `${root}package/${process.platform}-${process.arch}/kubectl-sfl`
/** The program in its forms, as a command each. */
const forms = [
  ['sfl on Node', [process.execPath, `${root}bin/kubectl-sfl`]],
  ...(existsSync(standalone) ? [['sfl standalone', [standalone]]] : []),
]
const many = 5000
const few = 20

if (!process.argv.includes('--cluster')) {
  const {status} = spawnSync(
    process.execPath,
    [`${root}bin/kubectl-sfl`, 'sandbox', 'run', '--', process.execPath, fileURLToPath(import.meta.url), '--cluster'],
    {stdio: 'inherit'},
  )
  process.exit(status ?? 1)
}

const onPath = (name) =>
  (process.env.PATH ?? '').split(':').some((folder) => folder !== '' && existsSync(`${folder}/${name}`))
const gnuTime = existsSync('/usr/bin/time')

/** One run: wall milliseconds, and peak KiB where GNU time is installed. */
const once = (command) =>
  new Promise((resolve, reject) => {
    const [program, ...args] = gnuTime ? ['/usr/bin/time', '-f', '%M', ...command] : command
    const start = process.hrtime.bigint()
    const child = spawn(program, args, {stdio: ['ignore', 'pipe', 'pipe']})
    let errors = ''
    child.stdout.resume()
    child.stderr.on('data', (chunk) => (errors += chunk))
    child.once('error', reject)
    child.once('close', (code) => {
      const wall = Number(process.hrtime.bigint() - start) / 1e6
      if (code !== 0) return reject(new Error(`${command.join(' ')} ended with ${code}: ${errors}`))
      resolve({wall, peak: gnuTime ? Number(errors.trim().split('\n').at(-1)) : Number.NaN})
    })
  })

const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]

/** Runs A and B in turn and prints the median of the pairwise ratios. */
const compare = async (title, a, b, runs) => {
  await once(a)
  await once(b)
  const pairs = []
  for (let run = 0; run < runs; run++) pairs.push([await once(a), await once(b)])
  const ratio = (field) => median(pairs.map(([x, y]) => x[field] / y[field])).toFixed(2)
  const memory = gnuTime ? `, peak memory ${ratio('peak')}` : ''
  console.log(
    `${title.padEnd(66)} wall ${ratio('wall')}${memory}   (${runs} pairs, medians ${median(pairs.map(([x]) => x.wall)).toFixed(0)} and ${median(pairs.map(([, y]) => y.wall)).toFixed(0)} ms)`,
  )
}

const kubectl = (args, input) => {
  const {status, stderr} = spawnSync('kubectl', args, {input, encoding: 'utf8', maxBuffer: 1 << 28})
  if (status !== 0) throw new Error(`kubectl ${args.join(' ')}: ${stderr}`)
}

const conditions = [
  'Addressable',
  'ConfigMapUpdated',
  'ConfigParsed',
  'DataPlaneAvailable',
  'EventPoliciesReady',
  'ProbeSucceeded',
  'Ready',
  'TopicReady',
]
const url = (namespace, name) => `http://kafka-broker-ingress.knative-eventing.svc.cluster.local/${namespace}/${name}`

/** Brokers as the Kafka controller leaves them. Written over one connection a worker; kubectl would take minutes. */
const fill = async (namespace, count) => {
  kubectl(['create', 'namespace', namespace])
  const child = spawn('kubectl', ['proxy', '--port=0'], {stdio: ['ignore', 'pipe', 'inherit']})
  try {
    const address = await new Promise((resolve) =>
      child.stdout.on('data', (chunk) => resolve(/(127\.0\.0\.1:\d+)/.exec(String(chunk))?.[1])),
    )
    const base = `http://${address}/apis/eventing.knative.dev/v1/namespaces/${namespace}/brokers`
    const send = async (method, path, type, body) => {
      const answer = await fetch(base + path, {method, headers: {'content-type': type}, body: JSON.stringify(body)})
      if (!answer.ok) throw new Error(`${method} ${path}: ${await answer.text()}`)
      await answer.arrayBuffer()
    }
    let next = 0
    const worker = async () => {
      while (next < count) {
        const name = `broker-${String(next++).padStart(4, '0')}`
        const config = {apiVersion: 'v1', kind: 'ConfigMap', name: 'kafka-broker-config', namespace: 'knative-eventing'}
        await send('POST', '', 'application/json', {
          apiVersion: 'eventing.knative.dev/v1',
          kind: 'Broker',
          metadata: {name, annotations: {'eventing.knative.dev/broker.class': 'Example'}},
          spec: {config, delivery: {retry: 10, backoffPolicy: 'exponential', backoffDelay: 'PT0.2S'}},
        })
        const status = {
          address: {url: url(namespace, name)},
          conditions: conditions.map((type) => ({type, status: 'True', lastTransitionTime: '2026-01-01T00:00:00Z'})),
        }
        await send('PATCH', `/${name}/status`, 'application/merge-patch+json', {status})
      }
    }
    await Promise.all(Array.from({length: 8}, worker))
  } finally {
    child.kill()
  }
}

// Names of their own for every run: a cluster may take its time with deleting a namespace.
const names = [few, many].map((count) => `sfl-bench-${count}-${process.pid}`)
try {
  await fill(names[0], few)
  const get = (namespace) => ['kubectl', 'get', 'brokers', '-n', namespace]
  const kn = (namespace) => ['kn', 'broker', 'list', '-n', namespace]
  for (const [form, sfl] of forms) {
    const list = [...sfl, 'broker', 'list', '-n', names[0]]
    await compare(`${form}: --help to bare node -e 0`, [...sfl, '--help'], [process.execPath, '-e', '0'], 15)
    await compare(`${form}: broker list (${few}) to kubectl get brokers`, list, get(names[0]), 15)
    if (onPath('kn')) await compare(`${form}: broker list (${few}) to kn broker list`, list, kn(names[0]), 15)
    await compare(
      `${form}: broker describe to kubectl describe broker`,
      [...sfl, 'broker', 'describe', 'broker-0000', '-n', names[0]],
      ['kubectl', 'describe', 'broker', 'broker-0000', '-n', names[0]],
      9,
    )
  }
  await fill(names[1], many)
  for (const [form, sfl] of forms) {
    const list = [...sfl, 'broker', 'list', '-n', names[1]]
    await compare(`${form}: broker list (${many}) to kubectl get brokers`, list, get(names[1]), 5)
    if (onPath('kn')) await compare(`${form}: broker list (${many}) to kn broker list`, list, kn(names[1]), 5)
  }
} finally {
  for (const name of names) {
    spawnSync('kubectl', ['delete', '--raw', `/apis/eventing.knative.dev/v1/namespaces/${name}/brokers`])
    spawnSync('kubectl', ['delete', 'namespace', name, '--wait=false', '--ignore-not-found'])
  }
}
if (!gnuTime) console.log('peak memory was not measured: GNU time is not installed')
