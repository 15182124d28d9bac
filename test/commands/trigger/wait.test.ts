import {describe, test} from 'vitest'
import {aKnativeService, aTrigger} from '../../support/eventing.js'
import {aSession} from '../../support/session.js'

describe('trigger wait', () => {
  test('until it is ready, until a condition is met, until it is gone', async () => {
    const session = aSession()
    await session.given(aKnativeService('billing'))
    await session.prepare('kubectl sfl broker create default', 'kubectl sfl trigger create billing --sink billing')
    await session.given(aTrigger('lost', 'nowhere'))
    await session.type('kubectl sfl trigger wait billing --for ready --timeout 2m')
    await session.type('kubectl sfl trigger wait billing --for condition=SubscriberResolved')
    await session.type('kubectl sfl trigger wait gone --for delete')
    await session.type('kubectl sfl trigger wait lost --timeout 20ms')
    await session.type('kubectl sfl trigger wait lost --for never')
    await session.matches('trigger-wait')
  })
})
