import {SflCommand} from '../command.js'
import {describeEach, type Describer} from '../describe.js'
import {namesArg} from '../flags/change.js'
import {describeFlags} from '../flags/describe.js'
import {OBJECT_FORMATS, outputFlag} from '../flags/output.js'
import {needed} from '../prompts/ask-missing.js'
import {existingNames, type ExistingOptions} from '../prompts/required-input.js'
import type {Cluster} from '../runtime.js'
import {requireNames} from '../names.js'
import {examplesOf, wordsOf, type Noun} from './noun.js'

export interface DescribeNoun extends Noun, Pick<ExistingOptions, 'among'> {
  /** Looks at one object and makes its text. */
  text: Describer
  /** It has an address: `-o url`. */
  addressable?: boolean
  /** kn describes it too, so that its text can be had exactly: `--no-extras`. */
  ofKn?: boolean
  /** There are never events about it. */
  withoutEvents?: boolean
  /** The one that is meant without a name. */
  nameless?(cluster: Cluster): Promise<readonly string[]>
}

const {extras, 'show-events': showEvents, ...everywhere} = describeFlags

/** The command `NOUN describe`. */
export const describeCommand = (subject: DescribeNoun) => {
  const {kind, ofCluster = false, addressable = false, ofKn = false, withoutEvents = false, nameless, text} = subject
  const {noun, plural} = wordsOf(subject)
  const formats = [...(addressable ? (['url'] as const) : []), ...OBJECT_FORMATS]
  return class Describe extends SflCommand {
    static override summary = subject.summary ?? `Show ${plural} in full, with what is wrong and how to repair it.`
    static override description = subject.description
    static override usage = `${noun} describe ${nameless === undefined ? 'NAME...' : '[NAME...]'} [flags]`
    static override examples = examplesOf(subject)
    static override args = namesArg(plural)
    static override flags = {
      ...everywhere,
      output: outputFlag(formats),
      ...(ofKn ? {extras} : {}),
      ...(withoutEvents ? {} : {'show-events': showEvents}),
    }

    async run(): Promise<void> {
      const {args, flags} = await this.parse(Describe)
      const names = args.names === undefined && nameless !== undefined ? nameless : await this.given(args.names, flags)
      const all = {...flags, extras: flags.extras !== false, 'show-events': flags['show-events'] === true}
      await describeEach(this, kind, names, all, text, formats, {ofCluster})
    }

    private async given(
      names: readonly string[] | undefined,
      flags: Parameters<typeof needed>[1],
    ): Promise<readonly string[]> {
      if (nameless !== undefined) return requireNames(`${noun} describe`, names, this.program)
      const {among} = subject
      const options = {noun, ofCluster, ...(among === undefined ? {} : {among})}
      return (await needed(this, flags, `${noun} describe`, {names: existingNames(kind, names, options)})).names
    }
  }
}
