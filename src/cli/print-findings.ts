import type {Finding} from '../domain/findings/finding.js'
import {formatFindings} from '../output/report/findings.js'
import type {Runtime} from './runtime.js'

/** Each finding once; with its object where the command has several names and the message does not say which. */
export const printFindings = ({streams, caller}: Runtime, findings: readonly Finding[], several: boolean): void => {
  const each = new Map(findings.map((finding) => [JSON.stringify(finding), finding])).values()
  const options = {caller, palette: streams.errPalette, withObject: several}
  for (const finding of each) streams.err(formatFindings([finding], options))
}
