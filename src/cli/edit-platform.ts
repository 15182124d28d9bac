import {invalid} from '../domain/core/errors.js'
import type {Finding} from '../domain/findings/finding.js'
import type {Plan} from '../domain/core/plan.js'
import type {Platform} from '../domain/sonataflow/model.js'
import {parseServices, type ServiceKey} from '../domain/sonataflow/names.js'
import {ALL_SERVICES, PLATFORM_WIDE} from '../domain/sonataflow/platform/part-choices.js'
import {deletionQuestion, type AskedPlan} from '../domain/sonataflow/platform/delete.js'
import type {KubeClient} from '../kube/client.js'
import {changeEach} from './change.js'
import type {SflCommand} from './command.js'
import type {GlobalFlagValues} from './flags/global.js'
import type {WriteFlagValues} from './run-plan.js'

/** Which platform: by name, or the one that is active in the namespace. */
export interface PlatformChoice {
  namespace: string
  name: string | undefined
}

/** What a command that changes a part of a platform has of its own. */
export interface PlatformEdit<Request> {
  /** Throws for what can never be valid; called before the first request. */
  read(): Request
  /** Looks at the cluster and plans. */
  plan(request: Request, client: KubeClient, choice: PlatformChoice): Promise<(Plan | AskedPlan) & {platform: Platform}>
  /** Looks again when it does not get ready; `now` is in milliseconds since 1970. */
  explain(client: KubeClient, choice: PlatformChoice, now: number): Promise<readonly Finding[]>
}

/** Check, look, plan, ask where something is deleted, carry out: the same for every part of a platform. */
export const editPlatform = <Request>(
  command: SflCommand,
  flags: GlobalFlagValues & WriteFlagValues & {platform?: string | undefined},
  {read, plan, explain}: PlatformEdit<Request>,
): Promise<void> =>
  changeEach(command, flags, {
    names: [flags.platform ?? ''],
    read,
    plan: async (request, {client, namespace}) => {
      const choice = {namespace, name: flags.platform}
      const made = await plan(request, client, choice)
      const {steps, findings, platform} = made
      const question = ('question' in made ? made.question : undefined) ?? deletionQuestion(platform, steps)
      return {
        plan: {steps, findings},
        ...(question === undefined ? {} : {question}),
        explainTimeout: () => explain(client, choice, command.runtime.now().getTime()),
      }
    },
  })

/** The services that a command names, or all of them. Throws InvalidArgument. */
export const servicesOf = (words: readonly string[], all: boolean): ServiceKey[] => {
  if (!all) return parseServices(words)
  if (words.length > 0) throw invalid(`--all means every service; "${words.join(' ')}" names some beside it`)
  return parseServices([ALL_SERVICES])
}

/** What a command is about: the whole platform, or the services that it names. Throws InvalidArgument. */
export const targetOf = (words: readonly string[], platformWide: boolean): 'platform' | ServiceKey[] => {
  if (!platformWide) return words[0] === PLATFORM_WIDE ? 'platform' : parseServices(words)
  if (words.length > 0)
    throw invalid(`--platform-wide means the platform itself; "${words.join(' ')}" names services beside it`)
  return 'platform'
}
