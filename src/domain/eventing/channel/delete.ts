import {type Finding} from '../../findings/finding.js'
import {finding, forced} from '../../findings/catalogue.js'
import {refOf} from '../../core/object.js'
import {type Plan} from '../../core/plan.js'
import {isFound} from '../../core/seen.js'
import {type ChannelDeleteFacts} from './facts.js'
import {backingType} from './plane.js'
import {subscriptionsOf} from './subscriptions.js'
import {isKafkaChannel} from './type.js'
import {sfl} from '../../core/commands.js'
import {deleteSteps} from '../../findings/existing.js'

export interface ChannelDeleteOptions {
  force?: boolean
  /** Wait until it is gone, at most so many milliseconds. */
  waitMs?: number
}

/** The plan of `channel delete`, with who suffers and what is lost. */
export const planChannelDelete = (options: ChannelDeleteOptions, facts: ChannelDeleteFacts): Plan => {
  const findings = [...subscriptionFindings(facts), ...eventFindings(facts)]
  return {
    steps: deleteSteps(facts.channel, options.waitMs),
    findings: options.force === true ? forced(findings) : findings,
  }
}

const subscriptionFindings = ({channel, subscriptions}: ChannelDeleteFacts): Finding[] => {
  const ref = refOf(channel)
  if (subscriptions === 'forbidden')
    return [
      finding('SFL-B11', {
        object: ref,
        message: `the subscriptions of channel ${ref.name} were not checked: they could not be listed`,
      }),
    ]
  const attached = isFound(subscriptions) ? subscriptionsOf(channel, subscriptions) : []
  if (attached.length === 0) return []
  const names = attached.map(({metadata}) => metadata.name).join(', ')
  return [
    finding('SFL-C11', {
      object: ref,
      message:
        attached.length === 1
          ? `subscription ${names} loses its channel and delivers nothing any more`
          : `${attached.length} subscriptions lose their channel and deliver nothing any more: ${names}`,
      repair: sfl('subscription list', '-n', ref.namespace ?? ''),
    }),
  ]
}

const eventFindings = ({channel}: ChannelDeleteFacts): Finding[] => {
  const ref = refOf(channel)
  const kafka = isKafkaChannel(backingType(channel))
  return [
    finding('SFL-C16', {
      object: ref,
      message: kafka
        ? `the KafkaChannel behind channel ${ref.name}, its topic and all events in it are deleted with the channel`
        : `events that channel ${ref.name} has not delivered yet are lost`,
    }),
  ]
}
