import {calledAs} from '../domain/core/commands.js'
import type {Finding} from '../domain/findings/finding.js'
import {formatFindings} from '../output/report/findings.js'
import type {Runtime} from './runtime.js'

/** Each finding once; with its object where the command has several names and the message does not say which. */
export const printFindings = (
  {streams, commandPrefix: spoken}: Runtime,
  findings: readonly Finding[],
  several: boolean,
): void => {
  const each = [...new Map(findings.map((finding) => [JSON.stringify(finding), finding])).values()]
  for (const finding of withCommandPrefix(spoken, each)) {
    const named = finding.message.split(/[^\w.-]+/).includes(finding.object?.name ?? '')
    streams.err(formatFindings([finding], {palette: streams.errPalette, withObject: several && !named}))
  }
}

/** The recommended commands under the name by which the program was called, for the same cluster. */
export const withCommandPrefix = (program: string, findings: readonly Finding[]): Finding[] =>
  findings.map((finding) =>
    finding.repair === undefined ? finding : {...finding, repair: calledAs(finding.repair, program)},
  )
