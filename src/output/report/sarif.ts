import {keyOf} from '../../domain/check/snapshot/cluster-state.js'
import {type SpokenFinding, type SpokenReport} from './spoken.js'
import {type Level} from '../../domain/findings/finding.js'
import {catalogue, isFindingCode} from '../../domain/findings/catalogue.js'
import {type Ref} from '../../domain/core/object.js'
import {pathOf} from '../check.js'
import {formatJson} from '../json.js'

/** The files from which objects were read, by `keyOf`. */
export type Origins = ReadonlyMap<string, string>

const levels: Readonly<Record<Level, string>> = {error: 'error', warning: 'warning', note: 'note'}

const rule = (code: string) => {
  const entry = isFindingCode(code) ? catalogue[code] : undefined
  return {
    id: code,
    ...(entry === undefined
      ? {}
      : {
          shortDescription: {text: entry.title},
          fullDescription: {text: `${entry.means} ${entry.behaviour}`},
          help: {text: `${entry.repair} (${entry.documented})`},
          defaultConfiguration: {level: levels[entry.level]},
        }),
  }
}

const locationOf = (ref: Ref | undefined, origins: Origins) => {
  if (ref === undefined) return {logicalLocations: [{name: 'cluster', fullyQualifiedName: 'cluster'}]}
  const file = origins.get(keyOf(ref, ref))
  return {
    logicalLocations: [{name: ref.name, fullyQualifiedName: pathOf(ref), kind: 'resource'}],
    ...(file === undefined ? {} : {physicalLocation: {artifactLocation: {uri: uriOf(file)}}}),
  }
}

/** A relative reference; standard input has no better name. */
const uriOf = (file: string): string => (file === '-' ? 'stdin' : file.split('/').map(encodeURIComponent).join('/'))

/** The object of the finding, unless only a file brings one of those that suffer. */
const primary = ({object, affects}: SpokenFinding, origins: Origins): Ref | undefined => {
  const candidates = [...(object === undefined ? [] : [object]), ...affects]
  return candidates.find((ref) => origins.has(keyOf(ref, ref))) ?? candidates[0]
}

const resultOf = (one: SpokenFinding, index: number, origins: Origins) => {
  const {code, level, message, affects, object, repair} = one
  const place = primary(one, origins)
  return {
    ruleId: code,
    ruleIndex: index,
    level: levels[level],
    message: {text: `${message}${repair === undefined ? '' : `\nrepair: ${repair}`}`},
    locations: [locationOf(place, origins)],
    ...(affects.length === 0 ? {} : {relatedLocations: affects.map((ref) => locationOf(ref, origins))}),
    partialFingerprints: {'sfl/v1': `${code} ${object === undefined ? 'cluster' : pathOf(object)}`},
  }
}

/** SARIF 2.1.0, as code scanning reads it (docs.oasis-open.org/sarif/sarif/v2.1.0). */
export const sarifText = (report: SpokenReport, version: string, origins: Origins = new Map()): string => {
  const findings = report.checks.flatMap((check) => check.findings)
  const codes = [...new Set(findings.map(({code}) => code))].sort()
  return `${formatJson({
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {driver: {name: 'kubectl-sfl', semanticVersion: version, rules: codes.map(rule)}},
        results: findings.map((one) => resultOf(one, codes.indexOf(one.code), origins)),
        columnKind: 'utf16CodeUnits',
      },
    ],
  })}\n`
}
