import {describe, expect, test} from 'vitest'
import {type InjectionFacts, type Selector} from '../../../../src/domain/eventing/broker/facts.js'
import {injectsNamespace, injectsTrigger} from '../../../../src/domain/eventing/injection/verdicts.js'
import {viewInjection, type InjectionShowFacts} from '../../../../src/domain/eventing/injection/view.js'

const KEY = 'eventing.knative.dev/injection'
const enabled = {[KEY]: 'enabled'}
const on: Selector = {selector: {matchExpressions: [{key: KEY, operator: 'In', values: ['enabled']}]}}
const all: Selector = {selector: {}}
const optOut: Selector = {selector: {matchExpressions: [{key: KEY, operator: 'NotIn', values: ['disabled']}]}}
const sugar = (selector: Selector): InjectionFacts['sugar'] => ({
  namespaceSelector: selector,
  triggerSelector: selector,
})

describe('what the sugar controller would do', () => {
  test.each<[string, InjectionFacts['sugar'], InjectionFacts['namespaceLabels'], string]>([
    ['on and marked', sugar(on), enabled, 'yes'],
    ['on and not marked', sugar(on), {}, 'no'],
    ['on and marked otherwise', sugar(on), {[KEY]: 'disabled'}, 'no'],
    ['off', sugar('off'), enabled, 'no'],
    ['everything', sugar(all), {}, 'yes'],
    ['everything, labels unseen', sugar(all), 'forbidden', 'yes'],
    ['on, labels unseen', sugar(on), 'forbidden', 'unknown'],
    ['off, labels unseen', sugar('off'), 'forbidden', 'no'],
    ['opted out', sugar(optOut), {[KEY]: 'disabled'}, 'no'],
    ['not opted out', sugar(optOut), {}, 'yes'],
    ['a broken selector', sugar({fault: 'x'}), enabled, 'no'],
    ['before Knative 1.4, marked', 'absent', enabled, 'yes'],
    ['config-sugar unseen, marked', 'forbidden', enabled, 'unknown'],
    ['config-sugar unseen, not marked', 'forbidden', {}, 'no'],
  ])('for a namespace: %s', (_case, config, namespaceLabels, answer) => {
    expect(injectsNamespace({sugar: config, namespaceLabels})).toBe(answer)
  })

  test.each<[string, InjectionFacts['sugar'], object, object, string]>([
    ['the label', sugar(on), enabled, {}, 'yes'],
    ['the annotation alone', sugar(on), {}, enabled, 'no'],
    ['neither', sugar(on), {}, {}, 'no'],
    ['off', sugar('off'), enabled, enabled, 'no'],
    ['everything', sugar(all), {}, {}, 'yes'],
    ['before Knative 1.4 the annotation counts', 'absent', {}, enabled, 'yes'],
    ['before Knative 1.4 the label does not', 'absent', enabled, {}, 'no'],
    ['config-sugar unseen, label', 'forbidden', enabled, {}, 'unknown'],
    ['config-sugar unseen, annotation', 'forbidden', {}, enabled, 'no'],
  ])('for a trigger: %s', (_case, config, labels, annotations, answer) => {
    expect(injectsTrigger({sugar: config}, {labels: {...labels}, annotations: {...annotations}})).toBe(answer)
  })

  test.each<[InjectionFacts['sugar'], string]>([
    [sugar('off'), 'off'],
    [sugar(on), 'on'],
    [sugar(all), 'everything'],
    [sugar({selector: {matchLabels: {}}}), 'everything'],
    [sugar({selector: 'x'}), 'faulty'],
    [sugar({fault: 'x'}), 'faulty'],
    ['absent', 'fixed'],
    ['forbidden', 'unknown'],
  ])('config-sugar %j is %s', (config, state) => {
    const facts: InjectionShowFacts = {sugar: config, namespaceLabels: {}, triggers: [], brokers: {}}
    expect(viewInjection('demo', facts).triggerInjection).toBe(state)
  })
})
