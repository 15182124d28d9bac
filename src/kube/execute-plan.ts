import {printCommand} from '../domain/core/commands.js'
import {isDeepStrictEqual} from 'node:util'
import {kubectl} from '../domain/core/commands.js'
import {formatGoDuration} from '../domain/core/duration.js'
import {ExitCode, SflError} from '../domain/core/errors.js'
import {mergePatch, touchedBy} from '../domain/core/merge-patch.js'
import {handleOf, refOf, type KubeObject, type Manifest, type Ref} from '../domain/core/object.js'
import {
  subjectOf,
  type ApplyStep,
  type PatchStep,
  type Plan,
  type StayGoneStep,
  type Step,
  type WaitStep,
} from '../domain/core/plan.js'
import {isRecord} from '../domain/core/read.js'
import {revealedStep, sealed} from '../domain/secret/secret-value.js'
import {judgeOf, untilBack} from '../domain/core/until.js'
import type {KubeClient, WriteOptions} from './client.js'
import {isKubeError, KubeError, type StatusCause} from './errors.js'
import {waitFor} from './wait.js'

export type DryRun = 'none' | 'client' | 'server'

/** kubectl's words for what became of an object. */
export type Outcome = 'created' | 'configured' | 'updated' | 'unchanged' | 'deleted' | 'condition met'

export interface DoneStep {
  step: Step
  outcome: Outcome
  /** As the server answered, or as it would be under a client dry run. */
  object?: KubeObject
}

export interface ExecutedPlan {
  done: DoneStep[]
  /** The step that ended the plan. */
  failed?: {step: Step; error: unknown}
  /** What was not tried any more. */
  left: Step[]
}

export interface ExecutePlanOptions {
  dryRun: DryRun
  fieldManager: string
  signal: AbortSignal
  /** Ends a wait before its time: what is waited for will not come. */
  giveUp?: AbortSignal
  onDone?(done: DoneStep): void
  /** The newest state of what is being waited for. */
  onNote?(note: string): void
}

/** Carries out the steps of a plan in order; the first failure ends it. Never rejects: the failure is in the answer. */
export const executePlan = async (
  client: KubeClient,
  plan: Plan,
  options: ExecutePlanOptions,
): Promise<ExecutedPlan> => {
  const done: DoneStep[] = []
  for (const [index, step] of plan.steps.entries()) {
    try {
      // Values of Secrets are laid open here and nowhere else; what comes back is sealed at once.
      const alone = replaces(step, done) || isInNewNamespace(step, done)
      const plain = await perform(client, revealedStep(step), alone ? withoutServer(options) : options)
      if (plain === undefined) continue
      const result = {...plain, step, ...(plain.object === undefined ? {} : {object: sealed(plain.object)})}
      done.push(result)
      options.onDone?.(result)
    } catch (error) {
      return {done, failed: {step, error}, left: plan.steps.slice(index + 1)}
    }
  }
  return {done, left: []}
}

/** It creates what an earlier step of the plan has deleted. */
const replaces = (step: Step, done: readonly DoneStep[]): boolean =>
  step.verb === 'create' &&
  done.some((one) => one.step.verb === 'delete' && isDeepStrictEqual(one.step.ref, subjectOf(step)))

/** It makes something in a namespace that an earlier step of the plan has made. */
const isInNewNamespace = (step: Step, done: readonly DoneStep[]): boolean =>
  done.some(
    ({step: one}) =>
      one.verb === 'create' &&
      one.object.apiVersion === 'v1' &&
      one.object.kind === 'Namespace' &&
      one.object.metadata.name === subjectOf(step).namespace,
  )

/**
 * A dry run deletes and makes nothing, so the server could only answer that the object exists already, or that its
 * namespace does not.
 */
const withoutServer = (options: ExecutePlanOptions): ExecutePlanOptions =>
  options.dryRun === 'server' ? {...options, dryRun: 'client'} : options

const perform = async (client: KubeClient, step: Step, options: ExecutePlanOptions): Promise<DoneStep | undefined> => {
  const {dryRun, fieldManager, signal} = options
  const write: WriteOptions = {fieldManager, signal, ...(dryRun === 'server' ? {dryRun: true} : {})}
  switch (step.verb) {
    case 'keep':
      return {step, outcome: 'unchanged', object: step.object}
    case 'create':
      return {
        step,
        outcome: 'created',
        object: dryRun === 'client' ? step.object : await client.create(step.object, write),
      }
    case 'apply':
      return apply(client, step, dryRun, write)
    case 'patch':
      return patch(client, step, dryRun, write)
    case 'delete': {
      const {uid} = step.before.metadata
      if (dryRun !== 'client') {
        await client.delete(step.ref, {signal, ...(uid ? {uid} : {}), ...(dryRun === 'server' ? {dryRun: true} : {})})
      }
      return {step, outcome: 'deleted', object: step.before}
    }
    case 'wait':
      return dryRun === 'none' ? wait(client, step, options) : undefined
    case 'stay-gone':
      return dryRun === 'none' ? stayGone(client, step, options) : undefined
  }
}

const apply = async (client: KubeClient, step: ApplyStep, dryRun: DryRun, write: WriteOptions): Promise<DoneStep> => {
  const {before, object: manifest} = step
  if (dryRun === 'client') {
    const object = asManifest(mergePatch(mergePatch(before ?? {}, withoutParts(step)), manifest), manifest)
    const outcome = before === undefined ? 'created' : isDeepStrictEqual(object, before) ? 'unchanged' : 'configured'
    return {step, outcome, object}
  }
  if (before !== undefined && (step.drops ?? []).length > 0) {
    const patched = await client.patch(refOf(manifest), withVersion(withoutParts(step), before), write)
    // Under a dry run nothing was stored that the apply could find gone.
    if (dryRun === 'server') return {step, outcome: 'configured', object: patched}
  }
  const object = step.force
    ? await client.apply(manifest, {...write, force: true})
    : await applyOverOurOwn(client, manifest, write)
  if (before === undefined) return {step, outcome: 'created', object}
  // A server-side apply that changes nothing but the bookkeeping of fields is no change for the user.
  const same = isDeepStrictEqual(substance(before), substance(object))
  return {step, outcome: same ? 'unchanged' : 'configured', object}
}

const withoutParts = ({drops = []}: ApplyStep): Record<string, unknown> =>
  drops.length === 0 ? {} : {spec: Object.fromEntries(drops.map((part) => [part, null]))}

/**
 * What this program set with create or update counts as another manager's to the server, but not to the user: such
 * fields are taken over. The version that was judged is named in the forced request, so that nobody else's write in
 * between is overwritten. Conflicts with others are reported without our own.
 */
const applyOverOurOwn = async (client: KubeClient, manifest: Manifest, write: WriteOptions): Promise<KubeObject> => {
  const onlyOurs = (error: unknown): void => {
    if (!isKubeError(error, 'Conflict') || error.causes.length === 0) throw error
    const foreign = error.causes.filter((cause) => !isOwn(cause, write.fieldManager))
    if (foreign.length === 0) return
    const {reason, message, code, request, server} = error
    const where = server === undefined ? {} : {server}
    throw new KubeError(reason, message, {code, request, ...where, causes: foreign, cause: error})
  }
  try {
    return await client.apply(manifest, write)
  } catch (error) {
    onlyOurs(error)
  }
  const {metadata} = await client.get(refOf(manifest), write.signal ? {signal: write.signal} : {})
  const judged: Manifest = {
    ...manifest,
    metadata: {
      ...manifest.metadata,
      ...(metadata.resourceVersion === undefined ? {} : {resourceVersion: metadata.resourceVersion}),
    },
  }
  try {
    return await client.apply(judged, write)
  } catch (error) {
    onlyOurs(error)
  }
  return client.apply(judged, {...write, force: true})
}

const isOwn = ({message = ''}: StatusCause, fieldManager = ''): boolean =>
  `${message} `.startsWith(`conflict with "${fieldManager}" `)

const patch = async (client: KubeClient, step: PatchStep, dryRun: DryRun, write: WriteOptions): Promise<DoneStep> => {
  const {ref, before} = step
  if (dryRun === 'client') {
    return {step, outcome: 'updated', object: asManifest(mergePatch(before, step.patch), before)}
  }
  let seen = before
  for (let attempt = 1; ; attempt++) {
    try {
      const object = await client.patch(ref, withVersion(step.patch, seen), write)
      return {step, outcome: 'updated', object}
    } catch (error) {
      if (!isKubeError(error, 'Conflict') || attempt === 5) throw error
      // Somebody wrote in between. Our patch may be sent again only where it would not undo what they did.
      const now = await client.get(ref, write.signal ? {signal: write.signal} : {})
      const foreign = changedBetween(step.patch, before, now)
      if (foreign.length > 0) throw changedMeanwhile(ref, foreign)
      seen = now
    }
  }
}

const withVersion = (patch: Readonly<Record<string, unknown>>, seen: KubeObject): Record<string, unknown> => {
  const {resourceVersion} = seen.metadata
  if (resourceVersion === undefined) return {...patch}
  const metadata = isRecord(patch['metadata']) ? patch['metadata'] : {}
  return {...patch, metadata: {...metadata, resourceVersion}}
}

const changedBetween = (patch: Readonly<Record<string, unknown>>, before: unknown, now: unknown): string[] => {
  const then = new Map(touchedBy(patch, before).map(({path, value}) => [path, value]))
  return touchedBy(patch, now)
    .filter(({path, value}) => !isDeepStrictEqual(value, then.get(path)))
    .map(({path}) => path)
}

const changedMeanwhile = (ref: Ref, paths: readonly string[]): SflError =>
  new SflError(
    'Conflict',
    `${handleOf(ref)} was changed by someone else in the meantime: ${paths.map((path) => `.${path}`).join(', ')}; nothing was overwritten`,
    ExitCode.Failed,
    {code: 409, hint: 'Look at it again, then repeat the command if the change is still wanted.'},
  )

const wait = async (client: KubeClient, step: WaitStep, options: ExecutePlanOptions): Promise<DoneStep> => {
  const {judge, wanted} = judgeOf(step.until, step.uid)
  const {signal, giveUp} = options
  let last = ''
  const waiting = waitFor(client, step.ref, judge, {
    timeoutMs: step.timeoutMs,
    signal: giveUp === undefined ? signal : AbortSignal.any([signal, giveUp]),
    onChange: (note) => {
      last = note
      options.onNote?.(`waiting for ${handleOf(step.ref)}: ${note}`)
    },
  })
  const result = await waiting.catch((error: unknown) => {
    if (giveUp?.aborted !== true || signal.aborted) throw error
    throw new SflError(
      'Failed',
      `gave up waiting for ${handleOf(subjectOf(step))} ${wanted}${last === '' ? '' : `: ${last}`}`,
      ExitCode.Failed,
    )
  })
  if (result.outcome === 'done') {
    return {step, outcome: 'condition met', ...(result.object ? {object: result.object} : {})}
  }
  if (result.outcome === 'failed')
    throw new SflError('Failed', `${handleOf(step.ref)} has failed: ${result.note}`, ExitCode.Failed, {
      hint: printCommand(
        kubectl(
          ...(step.ref.namespace === undefined ? [] : ['-n', step.ref.namespace]),
          'describe',
          handleOf(step.ref),
        ),
      ),
    })
  throw new SflError(
    'Timeout',
    `timed out after ${formatGoDuration(step.timeoutMs)} waiting for ${handleOf(subjectOf(step))} ${wanted}: ${result.note}`,
    ExitCode.TimedOut,
  )
}

/** Nothing to see is what is hoped for: the wait has to time out. */
const stayGone = async (client: KubeClient, step: StayGoneStep, options: ExecutePlanOptions): Promise<DoneStep> => {
  const {ref, settleMs, uid} = step
  options.onNote?.(`watching for ${formatGoDuration(settleMs)} whether ${handleOf(ref)} comes back`)
  const {outcome} = await waitFor(client, ref, untilBack(uid), {timeoutMs: settleMs, signal: options.signal})
  if (outcome === 'timeout') return {step, outcome: 'condition met'}
  throw new SflError('CameBack', `${handleOf(ref)} was deleted and is there again`, ExitCode.Failed)
}

/** What the user means by "the same object": without versions, bookkeeping and status. */
const substance = (object: KubeObject): unknown => {
  const {resourceVersion: _r, generation: _g, managedFields: _m, ...metadata} = object.metadata
  const {status: _s, ...rest} = object
  return {...rest, metadata}
}

const asManifest = (merged: unknown, shape: Manifest): Manifest =>
  isRecord(merged) && isRecord(merged['metadata'])
    ? {
        ...merged,
        apiVersion: shape.apiVersion,
        kind: shape.kind,
        metadata: {...merged['metadata'], name: shape.metadata.name},
      }
    : shape
