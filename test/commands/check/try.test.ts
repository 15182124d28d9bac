import {test} from 'vitest'
import {aKnativeService, aTrigger, aStoredBroker} from '../../support/eventing.js'
import {aSession} from '../../support/session.js'

test('look', async () => {
  const session = aSession()
  await session.given(aKnativeService('billing'))
  await session.prepare('kubectl sfl broker create default', 'kubectl sfl trigger create billing --sink ksvc:billing --broker default --wait')
  await session.given(aTrigger('lost', 'nowhere'), aTrigger('dead', 'default', {spec: {subscriber: {ref: {apiVersion: 'v1', kind: 'Service', name: 'gone'}}}}))
  session.sandbox.load([aStoredBroker('orders', {status: {conditions: [{type: 'Ready', status: 'False', reason: 'x', message: 'y'}, {type: 'TopicReady', status: 'False', reason: 'Failed to create topic: a', message: 'replication factor'}]}})])
  for (const line of ['kubectl sfl status', 'kubectl sfl status -A -o json', 'kubectl sfl status --exit-code -n empty']) {
    const ran = await session.type(line)
    console.log(`$ ${line}\n${ran.out}--- ${ran.err} --- ${ran.code}`)
  }
  console.log(session.requests().filter((one) => !one.startsWith('list')).join('\n'), session.requests().length)
})
