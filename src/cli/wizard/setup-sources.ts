import {SflError} from '../../domain/core/errors.js'
import {passwordFault, withoutLineEnd} from '../../domain/kafka/credentials/kafka-auth-options.js'
import type {SetupFacts, SetupLookups} from '../../domain/sonataflow/setup/facts.js'
import type {Runtime} from '../runtime.js'
import type {SetupSources} from './setup-question.js'

/** What the questions of a set-up can look at: the cluster, and files of this machine. */
export const setupSources = (
  runtime: Runtime,
  facts: SetupFacts,
  lookups: SetupLookups,
  {here, preparing}: {here: string; preparing: boolean},
): SetupSources => {
  const read = async (path: string): Promise<{text: string} | {fault: string}> => {
    try {
      const text = await runtime.readFile(path)
      return text.trim() === '' ? {fault: `${path}: the file is empty`} : {text}
    } catch (error) {
      if (error instanceof SflError) return {fault: error.message}
      throw error
    }
  }
  return {
    facts,
    lookups,
    here,
    preparing,
    async fileFault(path) {
      const found = await read(path)
      return 'fault' in found ? found.fault : undefined
    },
    async passwordFault(path, forKafka) {
      const found = await read(path)
      if ('fault' in found) return found.fault
      const fault = passwordFault(withoutLineEnd(found.text), forKafka)
      return fault === undefined ? undefined : `${path}: ${fault}`
    },
  }
}
