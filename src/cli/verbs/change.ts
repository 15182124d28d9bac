import type {Interfaces} from '@oclif/core'
import type {Ref} from '../../domain/core/object.js'
import type {Plan} from '../../domain/core/plan.js'
import type {KubeClient} from '../../kube/client.js'
import {changeEach} from '../change.js'
import {SflCommand} from '../command.js'
import {applyFlags, createFlags, nameArg, namesArg, updateFlags, writing} from '../flags/change.js'
import type {GlobalFlagValues} from '../flags/global.js'
import {readMetadataChanges} from '../flags/metadata.js'
import type {Subject} from '../flags/subject.js'
import {confirmFlag, DEFAULT_WAIT} from '../flags/write.js'
import {needed, type RequiredInput} from '../prompts/ask-missing.js'
import {existingNames, newName, newNames, type ExistingOptions} from '../prompts/required-input.js'
import type {Task, WriteFlagValues} from '../run-plan.js'
import type {Runtime} from '../runtime.js'
import {examplesOf, wordsOf, type Noun} from './noun.js'

/** Values of flags by their names. */
type FlagOutput = Record<string, unknown>

/** What flags of every change say, as plans take it. */
export type Writing = ReturnType<typeof writing>

/** What the flags of one command line ask for. */
export interface Requested<S, R> {
  /** The request for one object; throws for what can never be valid. Called for every name before the first request. */
  read(subject: S): R
  /** Milliseconds, where a flag of the noun says how long to wait. */
  waitMs?: number | undefined
  /** Said on stderr before anything is read. */
  note?: string | undefined
}

/** What a noun knows of the run beside its flags. */
export interface Run<F> {
  flags: F & CommonValues
  names: readonly string[]
  runtime: Runtime
}

/** Words of the noun's own flags that are asked for where they are missing. */
export type Inputs<F> = Partial<{[K in keyof F]: RequiredInput<Exclude<F[K], undefined>>}>

interface ChangeNoun<F extends FlagOutput, S, R> extends Noun {
  /** What has to be given beside the name, for the usage line: `--sink SINK`. */
  needs?: string
  /** The noun's own flags. */
  flags: Interfaces.FlagInput<F>
  inputs?(flags: F & CommonValues): Inputs<F>
  request(flags: F & CommonValues, run: Run<F>): Requested<S, R> | Promise<Requested<S, R>>
  /**
   * Looks at the cluster and plans; a `Task` where the change is to be asked about. `waitMs` is how long something is
   * waited for that the change needs on its way, whether or not its end is waited for.
   */
  plan(client: KubeClient, request: R, options: Writing, run: Run<F> & {waitMs: number}): Promise<Plan | Task>
}

export interface CreateNoun<F extends FlagOutput, R> extends ChangeNoun<F, Subject, R> {
  /** Several can be made in one line; otherwise one. */
  several?: boolean
}

export interface ApplyNoun<F extends FlagOutput, R> extends ChangeNoun<F, Subject, R> {
  /** The name of what others depend on has to be typed, or given with --confirm. */
  dangerous?: boolean
}

export interface UpdateNoun<F extends FlagOutput, R>
  extends
    ChangeNoun<F, Subject & {unset: string[]; labels: string[]; annotations: string[]}, R>,
    Pick<ExistingOptions, 'among'> {
  /** Settings that --unset takes, in words and as completion offers them. */
  unsettable?: readonly [words: string, fields: readonly string[]]
  /** The object that must be there. */
  target(name: string, namespace: string): Ref
}

/** The flags of every change, as parsed. */
export interface CommonValues extends GlobalFlagValues, WriteFlagValues {
  force: boolean
  'if-not-exists'?: boolean
  'force-conflicts'?: boolean
  wait: boolean
  'wait-timeout'?: number | undefined
  label?: string[] | undefined
  annotation?: string[] | undefined
  unset?: string[] | undefined
}

interface Verb<F extends FlagOutput, S, R> extends ChangeNoun<F, S, R> {
  verb: string
  input: RequiredInput<readonly string[]> | RequiredInput<string>
  subject(name: string, namespace: string, flags: CommonValues): S
  target?: ((name: string, namespace: string) => Ref) | undefined
}

/** Asks for what is missing, prepares and changes: what create, apply and update have in common. */
const change = async <F extends FlagOutput, S, R>(
  command: SflCommand,
  typed: F & CommonValues,
  {verb, input, subject, target, inputs, request, plan, ...noun}: Verb<F, S, R>,
): Promise<void> => {
  const {runtime} = command
  const answers = await needed(command, typed, `${wordsOf(noun).noun} ${verb}`, {names: input, ...inputs?.(typed)})
  const names = [answers.names].flat()
  const flags: F & CommonValues = Object.assign({}, typed, answers)
  const run = {flags, names, runtime}
  const {read, waitMs = flags['wait-timeout'] ?? DEFAULT_WAIT, note} = await request(flags, run)
  const options = writing(flags, waitMs)
  await changeEach<R>(command, flags, {
    names,
    note,
    ...(target === undefined ? {} : {target}),
    read: (name, namespace) => read(subject(name, namespace, flags)),
    plan: (wanted, {client}) => plan(client, wanted, options, {...run, waitMs}),
  })
}

const named = (name: string, namespace: string, {label, annotation}: CommonValues): Subject => ({
  name,
  namespace,
  labels: label,
  annotations: annotation,
})

// oclif types the values of a command by its own flags, whose type is a parameter here: what they have in common with
// those of the verb is stated in this one place.
const valuesOf = <F extends FlagOutput>(flags: FlagOutput): F & CommonValues => flags as F & CommonValues

const usageOf = ({needs}: {needs?: string}, words: string): string =>
  [words, ...(needs === undefined ? [] : [needs]), '[flags]'].join(' ')

/** The command `NOUN create`. */
export const createCommand = <F extends FlagOutput, R>(noun: CreateNoun<F, R>) => {
  const {noun: word, singular, plural} = wordsOf(noun)
  const {several = false} = noun
  return class Create extends SflCommand {
    static override summary = noun.summary ?? `Create ${several ? plural : `a ${singular}`}.`
    static override description = noun.description
    static override usage = usageOf(noun, `${word} create NAME${several ? '...' : ''}`)
    static override examples = examplesOf(noun)
    static override args: Interfaces.ArgInput = several ? namesArg(plural) : nameArg(singular)
    static override flags: Interfaces.FlagInput = {...noun.flags, ...createFlags(singular)}

    async run(): Promise<void> {
      const {args, flags} = await this.parse(Create)
      const input = several ? newNames(word, args['names']) : newName(word, args['name'])
      await change(this, valuesOf<F>(flags), {...noun, verb: 'create', input, subject: named})
    }
  }
}

/** The command `NOUN apply`: one object, as the flags say. */
export const applyCommand = <F extends FlagOutput, R>(noun: ApplyNoun<F, R>) => {
  const {noun: word, singular} = wordsOf(noun)
  const {dangerous = false} = noun
  return class Apply extends SflCommand {
    static override summary = noun.summary ?? `Create or update a ${singular} to match the flags.`
    static override description = noun.description
    static override usage = usageOf(noun, `${word} apply NAME`)
    static override examples = examplesOf(noun)
    static override args: Interfaces.ArgInput = nameArg(singular)
    static override flags: Interfaces.FlagInput = {
      ...noun.flags,
      ...applyFlags,
      ...(dangerous ? {confirm: confirmFlag} : {}),
    }

    async run(): Promise<void> {
      const {args, flags} = await this.parse(Apply)
      const input = newName(word, args['name'])
      await change(this, valuesOf<F>(flags), {...noun, verb: 'apply', input, subject: named})
    }
  }
}

/** The command `NOUN update`: what the flags name, of objects that exist. */
export const updateCommand = <F extends FlagOutput, R>(noun: UpdateNoun<F, R>) => {
  const {kind, ofCluster = false, among, unsettable} = noun
  const {noun: word, plural} = wordsOf(noun)
  return class Update extends SflCommand {
    static override summary = noun.summary ?? `Change ${plural}.`
    static override description = noun.description
    static override usage = `${word} update NAME... [flags]`
    static override examples = examplesOf(noun)
    static override args: Interfaces.ArgInput = namesArg(plural)
    static override flags: Interfaces.FlagInput = {...noun.flags, ...updateFlags(unsettable?.[0], unsettable?.[1])}

    async run(): Promise<void> {
      const {args, flags} = await this.parse(Update)
      const input = existingNames(kind, args['names'], {
        noun: word,
        ofCluster,
        ...(among === undefined ? {} : {among}),
      })
      await change(this, valuesOf<F>(flags), {
        ...noun,
        verb: 'update',
        input,
        subject: (name, namespace, common) => ({name, namespace, ...readMetadataChanges(common)}),
      })
    }
  }
}
