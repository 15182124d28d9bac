import * as Args from '@oclif/core/args'
import {afterRepairs, carryOutFixes, reportText, sayUnverified, unhealthy, untilHealthy} from '../cli/check-report.js'
import {SflCommand} from '../cli/command.js'
import {checkFlags} from '../cli/flags/check.js'
import {DEFAULT_WAIT} from '../cli/flags/write.js'
import {findManifests} from '../cli/manifest-files.js'
import {CATEGORIES} from '../domain/check/engine/check.js'
import {readCheckOptions} from '../domain/check/engine/check-options.js'
import {keyOf} from '../domain/check/snapshot/cluster-state.js'
import {planFixes} from '../domain/check/engine/fixes.js'
import {snapshotOf, type Snapshot} from '../domain/check/snapshot/snapshot.js'
import {checkNamespaceIsThere} from '../domain/check/snapshot/looked-at.js'
import {placed, scopeOf} from '../domain/check/snapshot/manifests.js'
import {runChecks} from '../domain/check/engine/report.js'
import {checkNamespace} from '../domain/core/syntax.js'
import {loadYamlParser, readState} from '../facts/check.js'

export default class Check extends SflCommand {
  static override summary = 'Check whether events and workflows will really flow, and why not.'
  static override description = `Every judgement that the other commands make before they change something, over all that is there, and what could be lost one day. One cause is told once, with everyone who suffers from it. Checks: ${CATEGORIES.join(', ')}; without one, all of them. The exit code is 5 when errors were found; what cannot be read (no permission) is "not verified" and no error, unless --fail-on not-verified.`
  static override usage = 'check [CHECKS...] [flags]'
  static override examples = [
    {description: 'A namespace, or everything', command: '<%= config.bin %> check -n demo\n<%= config.bin %> check -A'},
    {description: 'Kafka and the brokers only', command: '<%= config.bin %> check kafka brokers -A'},
    {
      description: 'Manifests before they are applied: with the cluster, or alone',
      command: '<%= config.bin %> check -f deploy/ -n demo\n<%= config.bin %> check -f deploy/ --offline',
    },
    {
      description: 'In a pipeline: warnings count too, one of them is accepted',
      command: '<%= config.bin %> check -A --fail-on warning --ignore SFL-D09=demo/orders -o junit',
    },
    {description: 'Repair what can be repaired safely', command: '<%= config.bin %> check -n demo --fix'},
  ]
  static override args = {
    checks: Args.string({
      multiple: true,
      required: false,
      ignoreStdin: true,
      description: `What to check: ${CATEGORIES.join(', ')}.`,
    }),
  }
  static override flags = checkFlags

  async run(): Promise<void> {
    const {args, flags} = await this.parse(Check)
    const {runtime} = this
    const files = [...(flags.filename ?? []), ...(flags.kustomize === undefined ? [] : [flags.kustomize])]
    const {categories, ignored, failOn, format} = readCheckOptions({
      ...flags,
      files,
      categories: args.checks ?? [],
      ignore: flags.ignore ?? [],
      failOn: flags['fail-on'],
    })
    if (flags.namespace) checkNamespace(flags.namespace)
    const {found, notes} = await findManifests(runtime, flags)
    for (const note of notes) runtime.streams.err(`note: ${note}\n`)
    const cluster = flags.offline ? undefined : await this.connect(flags)
    const home = flags.namespace ?? cluster?.namespace ?? 'default'
    const manifests = found.map((one) => ({...one, manifest: placed(one.manifest, home)}))
    const objects = manifests.map(({manifest}) => manifest)
    const scope = flags['all-namespaces'] ? undefined : scopeOf(objects, home)
    const parse = await loadYamlParser()
    let known: Snapshot | undefined
    const look = async () => {
      const state = await readState(cluster?.client, scope, objects, parse)
      known = snapshotOf(state, parse, runtime.now().getTime())
      if (files.length === 0) checkNamespaceIsThere(known, runtime.caller)
      return runChecks(known, {categories, ignored, failOn})
    }
    const judge = async (waits: boolean) =>
      waits
        ? untilHealthy(runtime, look, flags['wait-timeout'] ?? DEFAULT_WAIT)
        : {report: await look(), timedOut: false}
    // What can be repaired need not be waited for.
    const {report, timedOut} = await judge(flags.wait && !flags.fix)
    const origins = new Map(manifests.map(({manifest, file}) => [keyOf(manifest, manifest.metadata), file]))
    runtime.streams.out(await reportText(runtime, report, {format, failOn, origins}))
    sayUnverified(runtime, report, format)
    if (!flags.fix || known === undefined || cluster === undefined) {
      if (!report.success) throw unhealthy(report, runtime, {timedOut})
      return
    }
    const fixes = planFixes(report, known)
    const repaired = await carryOutFixes(runtime, cluster, fixes, flags, report)
    const again = () => (flags.wait ? judge(true) : afterRepairs(runtime, look, fixes.repaired))
    const left = repaired || flags.wait ? await again() : {report, timedOut: false}
    if (!left.report.success) throw unhealthy(left.report, runtime, {timedOut: left.timedOut, repaired})
  }
}
