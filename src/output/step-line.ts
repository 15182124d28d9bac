import {handleOf} from '../domain/core/object.js'
import {printable} from '../domain/core/printable.js'
import {subjectOf, type Step} from '../domain/core/plan.js'

/** What came true of an object that was waited or watched for. */
const cameTrue = (step: Step): string => {
  if (step.verb === 'stay-gone') return 'stayed away'
  if (step.verb !== 'wait') return 'done'
  if (typeof step.until === 'object') return 'written by its operator'
  switch (step.until) {
    case 'ready':
      return 'ready'
    case 'gone':
      return 'gone'
    case 'observed':
      return 'seen by its operator'
    case 'available':
      return 'pods ready'
    case 'complete':
      return 'complete'
  }
}

/** `1 s`, `59 s`, `2 min 5 s` */
export const spentTime = (milliseconds: number): string => {
  const seconds = Math.max(0, Math.round(milliseconds / 1000))
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`
}

/** `broker.eventing.knative.dev/events ready after 12 s`, without a line end. */
export const watchedLine = (step: Step, milliseconds: number): string =>
  `${printable(handleOf(subjectOf(step)))} ${cameTrue(step)} after ${spentTime(milliseconds)}`
