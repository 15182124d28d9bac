import {describe, expect, test} from 'vitest'
import {readIgnored, withoutIgnored} from '../../../../src/domain/check/engine/ignored.js'
import {brokerRef, triggerRef} from '../../../../src/domain/eventing/names.js'
import {finding} from '../../../../src/domain/findings/catalogue.js'

const verdict = {
  ...finding('SFL-D09', {object: brokerRef('orders', 'demo'), message: 'x'}),
  affects: [triggerRef('a', 'demo'), triggerRef('b', 'shop')],
}

describe('--ignore', () => {
  test.each([
    ['SFL-D09', undefined],
    ['d09', undefined],
    ['D09=demo/orders', undefined],
    ['D09=*/orders', undefined],
    ['D09=demo/*', undefined],
    ['D09=demo/other', ['a', 'b']],
    ['D09=shop/b', ['a']],
    ['D09=shop/*', ['a']],
    ['D10=demo/orders', ['a', 'b']],
  ])('%s leaves of a finding about demo/orders with triggers demo/a and shop/b: %s', (text, left) => {
    expect(withoutIgnored(verdict, readIgnored([text]))?.affects?.map(({name}) => name)).toEqual(left)
  })

  test('a finding is gone when everyone who suffers from it is ignored', () => {
    expect(withoutIgnored(verdict, readIgnored(['D09=demo/a', 'D09=shop/b']))).toBeUndefined()
  })

  test.each(['X99', 'D09=', 'D09=a/b/c', 'D09=/a', 'D09=a/', 'D09=a=b'])('%s is refused', (text) => {
    expect(() => readIgnored([text])).toThrow(/invalid --ignore/)
  })
})
