import {type InjectionFacts, type Selector} from '../broker/facts.js'
import {isFound} from '../../core/seen.js'
import {presumedSugar, selects} from './injection.js'
import {matchesEverything} from '../../core/label-selector.js'
import {INJECTION} from '../names.js'

/** Whether the sugar controller would act; `unknown` where config-sugar or the labels cannot be read (no permission). */
export type InjectionAnswer = 'yes' | 'no' | 'unknown'

type Texts = Readonly<Record<string, string>>

const everything = (selector: Selector): boolean =>
  selector !== 'off' && 'selector' in selector && matchesEverything(selector.selector)

/** Whether the labels of the namespace make the sugar controller create broker `default` in it. */
export const injectsNamespace = ({sugar, namespaceLabels}: InjectionFacts): InjectionAnswer => {
  const selector = (isFound(sugar) ? sugar : presumedSugar).namespaceSelector
  if (!isFound(namespaceLabels)) return everything(selector) ? 'yes' : selector === 'off' ? 'no' : 'unknown'
  if (!selects(selector, namespaceLabels)) return 'no'
  return sugar === 'forbidden' ? 'unknown' : 'yes'
}

/**
 * Whether a trigger with these labels makes the sugar controller create the broker that it names. Without config-sugar,
 * which came with Knative 1.4, the annotation counts instead of the label.
 */
export const injectsTrigger = (
  {sugar}: Pick<InjectionFacts, 'sugar'>,
  {labels, annotations}: {labels: Texts; annotations: Texts},
): InjectionAnswer => {
  if (sugar === 'absent') return annotations[INJECTION] === 'enabled' ? 'yes' : 'no'
  if (sugar === 'forbidden') return selects(presumedSugar.triggerSelector, labels) ? 'unknown' : 'no'
  return selects(sugar.triggerSelector, labels) ? 'yes' : 'no'
}
