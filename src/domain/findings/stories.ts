import {catalogue, type FindingCode} from './catalogue.js'
import {type CodeEntry} from './code-entry.js'
import {type Source} from './sources.js'
import {type Story} from './story.js'
import {brokerStories} from './stories/broker.js'
import {channelStories} from './stories/channel.js'
import {clusterPlatformStories} from './stories/cluster-platform.js'
import {secretStories} from './stories/credentials.js'
import {databaseStories} from './stories/database.js'
import {defaultsStories} from './stories/defaults.js'
import {deliveryStories} from './stories/delivery.js'
import {checkStories} from './stories/health.js'
import {injectionStories} from './stories/injection.js'
import {kafkaStories} from './stories/kafka.js'
import {liveStories} from './stories/live.js'
import {platformEventingStories} from './stories/platform-eventing.js'
import {platformStories} from './stories/platform.js'
import {podTemplateStories} from './stories/pod.js'
import {subscriptionStories} from './stories/subscription.js'
import {triggerStories} from './stories/trigger.js'

/** The story of every code. */
export const stories = {
  ...brokerStories,
  ...channelStories,
  ...clusterPlatformStories,
  ...secretStories,
  ...databaseStories,
  ...defaultsStories,
  ...deliveryStories,
  ...checkStories,
  ...injectionStories,
  ...kafkaStories,
  ...liveStories,
  ...platformEventingStories,
  ...platformStories,
  ...podTemplateStories,
  ...subscriptionStories,
  ...triggerStories,
} as const satisfies Readonly<Record<FindingCode, Story>>

/** A code with all that is told of it: the view that `explain` prints in every format. */
export interface Explanation extends Pick<CodeEntry, 'level' | 'title'>, Omit<Story, 'sources'> {
  code: FindingCode
  /** More than the object in question stands still. */
  urgent?: true
  /** The titles of the sources, for people. */
  documented: string
  source: readonly Source[]
}

export const explanationOf = (code: FindingCode): Explanation => {
  const {level, title, traits} = catalogue[code]
  const {sources, ...told}: Story = stories[code]
  return {
    code,
    level,
    ...(traits.includes('urgent') ? {urgent: true} : {}),
    title,
    ...told,
    documented: sources.map((one) => one.title).join('; '),
    source: sources,
  }
}

/** All of them, by code. */
export const explanations = (): Explanation[] =>
  Object.keys(stories)
    .sort()
    .flatMap((code) => (isCode(code) ? [explanationOf(code)] : []))

const isCode = (text: string): text is FindingCode => Object.hasOwn(stories, text)
