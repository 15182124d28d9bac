import {isObjectFormat, type Format} from '../output/format.js'
import type {Runtime} from './runtime.js'

/** Where a result of this format goes: values for programs as they are, texts for people made harmless. */
export const outletOf = ({streams}: Pick<Runtime, 'streams'>, format: Format): ((text: string) => void) =>
  isObjectFormat(format) ? (text) => streams.data(text) : (text) => streams.out(text)
