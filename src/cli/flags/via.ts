import * as Flags from '@oclif/core/flags'
import {invalid} from '../../domain/core/errors.js'
import {VIAS, type Via} from '../../domain/kafka/write-target/write-target.js'
import {didYouMean} from '../../domain/core/suggest.js'

/** Kinds and kubectl's short names are taken as well. */
const aliases: Readonly<Record<string, Via>> = {
  knativekafka: 'knative-kafka',
  knativeeventing: 'knative-eventing',
  configmap: 'config-map',
  cm: 'config-map',
}

const via = Flags.custom<Via>({
  helpGroup: 'WRITE',
  helpValue: VIAS.join('|'),
  summary: 'What to write to; without it, what the cluster is managed with is found out.',
  async parse(input) {
    const word = input.toLowerCase()
    const found = VIAS.find((one) => one === word) ?? (Object.hasOwn(aliases, word) ? aliases[word] : undefined)
    if (found !== undefined) return found
    const near = didYouMean(input, VIAS)
    throw invalid(`--via: "${input}" is not one of ${VIAS.join(', ')}${near === undefined ? '' : `; ${near}`}`)
  },
})

/** `--via`, of every command that changes the settings ConfigMaps of Knative. */
export const viaFlag = {via: via()}
