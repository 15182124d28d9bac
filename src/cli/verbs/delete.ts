import type {Finding} from '../../domain/findings/finding.js'
import type {Ref} from '../../domain/core/object.js'
import type {KubeClient} from '../../kube/client.js'
import {SflCommand} from '../command.js'
import {deleteEach, type DeletionPlan} from '../delete.js'
import {deleteFlags, namesArg} from '../flags/change.js'
import {confirmFlag} from '../flags/write.js'
import {needed} from '../prompts/ask-missing.js'
import {existingNames, type ExistingOptions} from '../prompts/required-input.js'
import {writeFormat} from '../run-plan.js'
import {examplesOf, wordsOf, type Noun} from './noun.js'

export interface DeleteNoun extends Noun, Pick<ExistingOptions, 'among'> {
  /** The name of what others depend on has to be typed, or given with --confirm. */
  dangerous?: boolean
  /** Looks at the object and plans; `waitMs` is left out when nobody waits. */
  plan(client: KubeClient, ref: Ref, options: {waitMs?: number; force: boolean}): Promise<DeletionPlan>
  /** Looks again when it does not go, and says what holds it. */
  explainTimeout(client: KubeClient, ref: Ref): Promise<readonly Finding[]>
}

/** The command `NOUN delete`. */
export const deleteCommand = (subject: DeleteNoun) => {
  const {kind, ofCluster = false, dangerous = false, among, plan, explainTimeout} = subject
  const {noun, singular, plural} = wordsOf(subject)
  return class Delete extends SflCommand {
    static override summary = subject.summary ?? `Delete ${plural}.`
    static override description = subject.description
    static override usage = `${noun} delete NAME... [flags]`
    static override examples = examplesOf(subject)
    static override args = namesArg(plural)
    static override flags = {...deleteFlags(singular), ...(dangerous ? {confirm: confirmFlag} : {})}

    async run(): Promise<void> {
      const {args, flags} = await this.parse(Delete)
      const options = {noun, ofCluster, ...(among === undefined ? {} : {among})}
      const {names} = await needed(this, flags, `${noun} delete`, {names: existingNames(kind, args.names, options)})
      writeFormat(flags.output)
      const cluster = await this.connect(flags)
      const {client} = cluster
      const {force} = flags
      const deletion = {
        kind,
        ofCluster,
        plan: (ref: Ref, waiting: {waitMs?: number}) => plan(client, ref, {...waiting, force}),
        explainTimeout: (ref: Ref) => explainTimeout(client, ref),
      }
      await deleteEach(this.runtime, cluster, deletion, names, flags)
    }
  }
}
