import {type Caller} from '../../domain/core/commands.js'
import * as Args from '@oclif/core/args'
import type {KubeObject} from '../../domain/core/object.js'
import type {KubeClient} from '../../kube/client.js'
import {SflCommand} from '../command.js'
import {listFlags} from '../flags/output.js'
import {printList, readListing, isTable, type Listing} from '../list.js'
import {examplesOf, wordsOf, type Noun} from './noun.js'

/** One run of a list. */
export interface ListRun {
  client: KubeClient
  now: Date
  /** Left out: of all namespaces, or of the cluster. */
  namespace: string | undefined
  watch: boolean
  /** How the program was called, for commands that are recommended. */
  caller: Caller
}

/** What a noun has of its own for one run. */
export interface NounListing extends Pick<Listing, 'columns'> {
  /** The order with -A, where it is not the server's. */
  orderOfAll?(objects: readonly KubeObject[]): KubeObject[]
  /** Said below a table. */
  notes?(): readonly string[]
}

export interface ListNoun extends Noun {
  listing(run: ListRun): NounListing
}

const {'all-namespaces': allNamespaces, ...flagsOfCluster} = listFlags

/** The command `NOUN list`. */
export const listCommand = (subject: ListNoun) => {
  const {kind, ofCluster = false, description, listing} = subject
  const {plural} = wordsOf(subject)
  return class List extends SflCommand {
    static override summary = subject.summary ?? `List ${plural}.`
    static override description = description
    static override examples = examplesOf(subject)
    static override args = {
      names: Args.string({multiple: true, required: false, ignoreStdin: true, description: `Only these ${plural}.`}),
    }
    static override flags = {...flagsOfCluster, ...(ofCluster ? {} : {'all-namespaces': allNamespaces})}

    async run(): Promise<void> {
      const {args, flags: typed} = await this.parse(List)
      const flags = {...typed, 'all-namespaces': typed['all-namespaces'] === true}
      const options = await readListing(this.runtime, flags, args.names ?? [])
      const cluster = await this.connect(flags)
      const everywhere = ofCluster || flags['all-namespaces']
      const {columns, orderOfAll, notes} = listing({
        client: cluster.client,
        now: this.runtime.now(),
        namespace: everywhere ? undefined : cluster.namespace,
        watch: flags.watch,
        caller: this.runtime.caller,
      })
      const order = flags['all-namespaces'] && orderOfAll !== undefined ? {order: orderOfAll} : {}
      await printList(this.runtime, cluster, {kind, plural, ofCluster, columns, ...order}, options)
      if (isTable(options.format)) for (const text of notes?.() ?? []) this.note(text, flags)
    }
  }
}
