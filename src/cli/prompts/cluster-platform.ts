import {offeredObject} from '../../domain/core/offered.js'
import {isFound} from '../../domain/core/seen.js'
import {parsePlatformReference} from '../../domain/sonataflow/cluster-platform/plan.js'
import {PLATFORM} from '../../domain/sonataflow/names.js'
import {checkedBy} from '../wizard/question.js'
import type {RequiredInput} from './ask-missing.js'
import {existing} from './list-choices.js'
import {textFlag} from './required-input.js'

/** The platform whose services are shared, from those of all namespaces. */
export const sharedPlatform = (value: string | undefined): RequiredInput<string> => ({
  ...textFlag('--platform', value, {
    text: 'The services of which platform are shared?',
    other: 'another one',
    check: checkedBy(parsePlatformReference),
    async choices({client}) {
      const found = await existing(client, PLATFORM, undefined)
      return isFound(found)
        ? found.map((object) => {
            const {value: name, ...rest} = offeredObject(object)
            return {...rest, value: `${object.metadata.namespace ?? ''}/${name}`}
          })
        : []
    },
  }),
  what: '--platform NAMESPACE/NAME',
})
