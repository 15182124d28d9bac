import {type Finding} from '../../findings/finding.js'
import {contextOf, liveService} from './live-service.js'
import {type PlatformDescribeFacts} from './live-facts.js'
import {liveFindingsOf} from './live-preflight.js'
import {serviceKeys} from '../names.js'

/** What every platform shows for a while after it was made: services and their addresses are not there yet. */
const PASSING: ReadonlySet<string> = new Set(['SFL-L01', 'SFL-L06'])

/** A container that runs and is not ready yet is only starting: its first health check comes after 45 seconds. */
const STARTING = /health check has not succeeded/

/** What keeps a platform from getting ready and will not pass by waiting. `now` is in milliseconds since 1970. */
export const lastingFaults = (facts: PlatformDescribeFacts, now: number): Finding[] => {
  const context = contextOf(facts)(facts.platform)
  const faulty = new Set(
    serviceKeys
      .map((key) => liveService(key, context, facts))
      .filter(({pods}) => pods.some(({ready, why}) => !ready && why !== undefined && !STARTING.test(why)))
      .map(({ref}) => ref.name),
  )
  return liveFindingsOf(facts, now).filter(
    ({level, code, object}) =>
      level === 'error' && !PASSING.has(code) && (code !== 'SFL-L02' || faulty.has(object?.name ?? '')),
  )
}
