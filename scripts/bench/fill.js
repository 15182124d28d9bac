import {spawn, spawnSync} from 'node:child_process'

export const kubectl = (args, input) => {
  const {status, stderr} = spawnSync('kubectl', args, {input, encoding: 'utf8', maxBuffer: 1 << 28})
  if (status !== 0) throw new Error(`kubectl ${args.join(' ')}: ${stderr}`)
}

const ready = (types) => types.map((type) => ({type, status: 'True', lastTransitionTime: '2026-01-01T00:00:00Z'}))

const EVENTING = 'eventing.knative.dev'
const number = (index) => String(index).padStart(4, '0')

/** A broker as the Kafka controller leaves it; of a class that no controller of the cluster listens to. */
const broker = (namespace, index) => ({
  body: {
    apiVersion: `${EVENTING}/v1`,
    kind: 'Broker',
    metadata: {name: `broker-${number(index)}`, annotations: {[`${EVENTING}/broker.class`]: 'Example'}},
    spec: {
      config: {apiVersion: 'v1', kind: 'ConfigMap', name: 'kafka-broker-config', namespace: 'knative-eventing'},
      delivery: {retry: 10, backoffPolicy: 'exponential', backoffDelay: 'PT0.2S'},
    },
  },
  status: {
    address: {
      url: `http://kafka-broker-ingress.knative-eventing.svc.cluster.local/${namespace}/broker-${number(index)}`,
    },
    conditions: ready([
      'Addressable',
      'ConfigMapUpdated',
      'ConfigParsed',
      'DataPlaneAvailable',
      'EventPoliciesReady',
      'ProbeSucceeded',
      'Ready',
      'TopicReady',
    ]),
  },
})

/** A trigger of one of so many brokers, as the controllers leave it. */
const trigger = (brokers) => (namespace, index) => ({
  body: {
    apiVersion: `${EVENTING}/v1`,
    kind: 'Trigger',
    metadata: {name: `trigger-${number(index)}`},
    spec: {
      broker: `broker-${number(index % brokers)}`,
      filter: {attributes: {type: `com.example.order.${index % 7}`}},
      subscriber: {uri: `http://receiver-${index % 50}.example.com/events`},
    },
  },
  status: {
    subscriberUri: `http://receiver-${index % 50}.example.com/events`,
    conditions: ready(['BrokerReady', 'DependencyReady', 'Ready', 'SubscriberResolved', 'SubscriptionReady']),
  },
})

/** Makes namespaces with so many brokers and triggers each. Written over a few connections; kubectl would take minutes. */
export const fill = async (namespaces, {brokers, triggers = 0}) => {
  for (const namespace of namespaces) kubectl(['create', 'namespace', namespace])
  const child = spawn('kubectl', ['proxy', '--port=0'], {stdio: ['ignore', 'pipe', 'inherit']})
  try {
    const address = await new Promise((resolve) =>
      child.stdout.on('data', (chunk) => resolve(/(127\.0\.0\.1:\d+)/.exec(String(chunk))?.[1])),
    )
    const send = async (method, path, type, body) => {
      const url = `http://${address}/apis/${EVENTING}/v1/namespaces/${path}`
      const answer = await fetch(url, {method, headers: {'content-type': type}, body: JSON.stringify(body)})
      if (!answer.ok) throw new Error(`${method} ${path}: ${await answer.text()}`)
      await answer.arrayBuffer()
    }
    const jobs = namespaces.flatMap((namespace) => [
      ...Array.from({length: brokers}, (_, index) => [namespace, 'brokers', broker(namespace, index)]),
      ...Array.from({length: triggers}, (_, index) => [namespace, 'triggers', trigger(brokers)(namespace, index)]),
    ])
    let next = 0
    const worker = async () => {
      while (next < jobs.length) {
        const [namespace, plural, {body, status}] = jobs[next++]
        await send('POST', `${namespace}/${plural}`, 'application/json', body)
        const path = `${namespace}/${plural}/${body.metadata.name}/status`
        await send('PATCH', path, 'application/merge-patch+json', {status})
      }
    }
    await Promise.all(Array.from({length: 8}, worker))
  } finally {
    child.kill()
  }
}

/** Deletes what `fill` made, without waiting. */
export const clear = (namespaces) => {
  for (const namespace of namespaces) {
    for (const plural of ['triggers', 'brokers'])
      spawnSync('kubectl', ['delete', '--raw', `/apis/${EVENTING}/v1/namespaces/${namespace}/${plural}`])
    spawnSync('kubectl', ['delete', 'namespace', namespace, '--wait=false', '--ignore-not-found'])
  }
}
