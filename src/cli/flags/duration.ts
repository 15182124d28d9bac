import * as Flags from '@oclif/core/flags'
import {parseGoDuration} from '../../domain/core/duration.js'
import {invalid} from '../../domain/core/errors.js'

/** A time to wait, as kubectl takes it (90s, 1m30s, 2h) and as kn does (bare seconds); the value is in milliseconds. */
export const duration = Flags.custom<number>({
  helpValue: 'DURATION',
  async parse(input, _context, options) {
    const negative = input.startsWith('-')
    const ms = parseGoDuration(negative ? input.slice(1) : input)
    if (ms === undefined) {
      throw invalid(`--${options.name}: "${input}" is not a duration`, 'Write it like 30s, 5m or 1h30m.')
    }
    return negative ? -ms : ms
  },
})
